package org.storysign.plugins.wasm;

/** A function the module expects from its host. */
public record ImportedFunction(String module, String name, FunctionType type) {

    /** As in {@code extism:host/env.alloc}. */
    public String qualifiedName() {
        return module + "." + name;
    }
}
