package org.storysign.plugins.sandbox;

import java.util.Map;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.wasm.fuel.MeteredModule;

/** Port: runs WebAssembly. Safe for concurrent use. */
public interface Engine extends AutoCloseable {

    /**
     * Makes a module ready to run. Returns quickly: where the engine has a compiler, an interpreter serves with the same fuel and
     * the same results until the compiler is done. Throws {@code ProblemException} ({@code module-invalid}) when the engine
     * refuses the module.
     */
    CompiledModule compile(MeteredModule module);

    /** The same for this plugin: where it runs depends on its level. Throws also as {@link #requireAvailable}. */
    default CompiledModule compile(MeteredModule module, Placement placement) {
        requireAvailable(placement.level());
        return compile(module);
    }

    /** Throws {@code ProblemException} {@code level-unavailable} when plugins of this level cannot be run as it promises. */
    default void requireAvailable(SecurityLevel level) {
        if (level == SecurityLevel.ISOLATED) {
            throw new ProblemException(
                    ProblemCode.LEVEL_UNAVAILABLE,
                    "the level `" + level.publicName()
                            + "` needs worker processes, of which there may be none here; `strict`,"
                            + " `standard` and `minimal` are available",
                    Map.of(FactKey.LEVEL, level.publicName()));
        }
    }

    @Override
    void close();
}
