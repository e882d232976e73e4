package org.storysign.plugins.wasm;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A module as others see it.
 *
 * @param imports the functions it expects, in order; other kinds of imports are refused by the pre-flight reader
 * @param exports its exported functions by name
 * @param memory its memory, if it defines one
 * @param table its table, if it defines one
 * @param functions how many functions it defines, imports not counted
 * @param hasStart whether it has a start section
 * @param names what it calls its functions
 * @param mutableGlobals names of the globals it exports and lets others change
 */
public record ModuleShape(
        List<ImportedFunction> imports,
        Map<String, FunctionType> exports,
        Optional<MemoryShape> memory,
        Optional<TableShape> table,
        int functions,
        boolean hasStart,
        FunctionNames names,
        Set<String> mutableGlobals) {

    public ModuleShape {
        imports = List.copyOf(imports);
        exports = Map.copyOf(exports);
        mutableGlobals = Set.copyOf(mutableGlobals);
    }

    /** Of a module that exports no mutable global. */
    public ModuleShape(
            List<ImportedFunction> imports,
            Map<String, FunctionType> exports,
            Optional<MemoryShape> memory,
            Optional<TableShape> table,
            int functions,
            boolean hasStart,
            FunctionNames names) {
        this(imports, exports, memory, table, functions, hasStart, names, Set.of());
    }

    public boolean isExported(String function) {
        return exports.containsKey(function);
    }
}
