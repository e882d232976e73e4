package org.storysign.plugins.architecture.broken.limits;

import com.dylibso.chicory.compiler.MachineFactoryCompiler;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.WasmModule;
import io.smallrye.mutiny.Uni;

record RunsTheEngine(WasmModule parsed, Class<MachineFactoryCompiler> compiled, Uni<Instance> running) {
    static final Class<?> COMPILER = MachineFactoryCompiler.class;
}
