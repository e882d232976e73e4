package org.storysign.plugins.wasm;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.storysign.plugins.problem.GuestText;

/**
 * What a module's sections declare, before anybody has looked whether it fits together.
 *
 * @param functions the types of its functions
 * @param imports what it imports, in order
 * @param exports what it exports, in order
 * @param memory its memory, if it has one
 * @param table its table, if it has one
 * @param globals whether each of its globals can be changed
 * @param start index of the start function
 * @param names the content of its name section, if it has one
 */
record Outline(
        FunctionTable functions,
        List<Import> imports,
        List<Export> exports,
        Optional<MemoryShape> memory,
        Optional<TableShape> table,
        List<Boolean> globals,
        OptionalLong start,
        Optional<BinaryCursor> names) {

    /** An imported function whose type has this index, which no type may have. */
    record Import(String module, String name, int type) {}

    /** An export of something by its index, which may not exist. */
    record Export(String name, Kind kind, long index) {}

    /** What can be exported; the order is that of the codes. */
    enum Kind {
        FUNCTION,
        TABLE,
        MEMORY,
        GLOBAL
    }

    /** Thrown when the parts do not fit together: not valid WebAssembly (core spec 3.4). */
    static final class Inconsistent extends RuntimeException {
        Inconsistent(String message) {
            super(message, null, false, false);
        }
    }

    /** The module as others see it. Throws {@link Inconsistent}. */
    ModuleShape toShape() {
        requireLimits();
        start.ifPresent(this::requireStart);
        return new ModuleShape(
                imports.stream().map(this::resolve).toList(),
                exportedFunctions(),
                memory,
                table,
                functions.defined(),
                start.isPresent(),
                names.map(section -> NameSection.read(section.copy(), functions.imported() + functions.defined()))
                        .orElse(FunctionNames.NONE),
                mutableGlobals());
    }

    private void requireLimits() {
        memory.ifPresent(shape -> {
            requireOrder("memory", shape.minimumPages(), shape.maximumPages());
            if (Math.max(shape.minimumPages(), shape.maximumPages().orElse(0)) > MemoryShape.MOST_PAGES) {
                throw new Inconsistent("a memory has at most " + MemoryShape.MOST_PAGES + " pages");
            }
        });
        table.ifPresent(shape -> requireOrder("table", shape.minimum(), shape.maximum()));
    }

    private static void requireOrder(String what, long minimum, OptionalLong maximum) {
        if (maximum.isPresent() && maximum.getAsLong() < minimum) {
            throw new Inconsistent(
                    "the " + what + "'s minimum of " + minimum + " is above its maximum of " + maximum.getAsLong());
        }
    }

    private void requireStart(long function) {
        FunctionType type = functions
                .typeOf(function)
                .orElseThrow(() -> new Inconsistent("the start function " + function + " does not exist"));
        if (!type.params().isEmpty() || !type.results().isEmpty()) {
            throw new Inconsistent("the start function has the type " + type + ", expected () -> ()");
        }
    }

    private ImportedFunction resolve(Import each) {
        FunctionType type = functions
                .types()
                .find(each.type())
                .orElseThrow(() -> new Inconsistent("import " + GuestText.quote(each.module() + "." + each.name())
                        + " has a type that does not exist"));
        return new ImportedFunction(each.module(), each.name(), type);
    }

    private Map<String, FunctionType> exportedFunctions() {
        Set<String> names = new HashSet<>();
        Map<String, FunctionType> found = new HashMap<>();
        for (Export export : exports) {
            if (!names.add(export.name())) {
                throw new Inconsistent("two exports are named " + GuestText.quote(export.name()));
            }
            requireExists(export);
            if (export.kind() == Kind.FUNCTION) {
                found.put(export.name(), functions.typeOf(export.index()).orElseThrow());
            }
        }
        return found;
    }

    private void requireExists(Export export) {
        boolean exists = switch (export.kind()) {
            case FUNCTION -> functions.typeOf(export.index()).isPresent();
            case TABLE -> table.isPresent() && export.index() == 0;
            case MEMORY -> memory.isPresent() && export.index() == 0;
            case GLOBAL -> export.index() < globals.size();
        };
        if (!exists) {
            throw new Inconsistent("export " + GuestText.quote(export.name()) + " names something that does not exist");
        }
    }

    private Set<String> mutableGlobals() {
        Set<String> found = new HashSet<>();
        for (Export export : exports) {
            if (export.kind() == Kind.GLOBAL && globals.get((int) export.index())) {
                found.add(export.name());
            }
        }
        return found;
    }
}
