package org.storysign.plugins.sandbox;

import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.wasm.PreflightedModule;

/** Port: has a new module parsed and compiled where that can harm nobody, before this process does it. Safe for concurrent use. */
public interface ModuleTrial {

    /** Of processes that serve nobody but the module's author. */
    ModuleTrial NONE = (module, level) -> {};

    /**
     * Returns when the module was parsed, metered and compiled to whatever verdict: this process may do so now. Throws
     * {@code ProblemException}: {@code module-rejected} when it took too much processor time or memory, {@code overloaded} with the fact
     * {@code retry_after} when it could not be tried.
     */
    void require(PreflightedModule module, SecurityLevel level);
}
