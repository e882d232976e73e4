package org.storysign.plugins.sandbox;

import org.storysign.plugins.wasm.fuel.MeteredModule;

/** Port: runs WebAssembly. Safe for concurrent use. */
public interface Engine extends AutoCloseable {

    /**
     * Makes a module ready to run. Returns quickly: where the engine has a compiler, an interpreter serves with the same fuel and
     * the same results until the compiler is done. Throws {@code ProblemException} ({@code module-invalid}) when the engine
     * refuses the module.
     */
    CompiledModule compile(MeteredModule module);

    @Override
    void close();
}
