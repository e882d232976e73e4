package org.storysign.plugins.wasm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.storysign.plugins.problem.GuestText;

/** Reads the sections that declare without code: imports, tables, memories, globals, exports. Source: core spec 5.5. */
final class Declarations {

    /** Names the platform keeps for what it adds to a module. */
    static final String RESERVED = "storysign:";

    private Declarations() {}

    /** Only functions can be imported. */
    static List<Outline.Import> readImports(BinaryCursor input) {
        int count = (int) PreflightCap.IMPORTS.require(input.count(4), "import section");
        List<Outline.Import> imports = new ArrayList<>(count);
        for (int index = 0; index < count; index++) {
            String module = Names.read(input, "import " + index);
            String name = Names.read(input, "import " + index);
            String where = "import " + GuestText.quote(module + "." + name);
            if (module.startsWith(RESERVED)) {
                throw reserved(where);
            }
            requireFunction(input, where);
            imports.add(new Outline.Import(module, name, FunctionTable.index(input.u32())));
        }
        return imports;
    }

    private static void requireFunction(BinaryCursor input, String where) {
        int at = input.position();
        int kind = input.u8();
        String what = switch (kind) {
            case 0x00 -> "";
            case 0x01 -> "table; define it in the module: link without `--import-table`";
            case 0x02 -> "memory; define it in the module: link without `--import-memory`";
            case 0x03 -> "global; pass the value to a function instead";
            case 0x04 -> throw RefusedFeature.EXCEPTION_HANDLING.found("an imported tag", where);
            default -> throw new MalformedModuleException(at, "unknown kind of import 0x%02X".formatted(kind));
        };
        if (!what.isEmpty()) {
            throw new RejectedModuleException(
                    "import-kind", where, "only functions can be imported, but this is a " + what);
        }
    }

    static Optional<TableShape> readTable(BinaryCursor input) {
        int count = input.count(1);
        if (count > 1) {
            throw RefusedFeature.MULTI_TABLE.found(count + " tables", "table section");
        }
        if (count == 0) {
            return Optional.empty();
        }
        if (input.peek() == 0x40) {
            throw RefusedFeature.GC.found("a table with an initial value", "table 0");
        }
        ValueType element = ValueType.readReference(input, "table 0");
        boolean hasMaximum = readLimitFlags(input, "table 0");
        return Optional.of(new TableShape(element, input.u32(), readMaximum(input, hasMaximum)));
    }

    static Optional<MemoryShape> readMemory(BinaryCursor input) {
        int count = input.count(1);
        if (count > 1) {
            throw RefusedFeature.MULTI_MEMORY.found(count + " memories", "memory section");
        }
        if (count == 0) {
            return Optional.empty();
        }
        boolean hasMaximum = readLimitFlags(input, "memory 0");
        return Optional.of(new MemoryShape(input.u32(), readMaximum(input, hasMaximum)));
    }

    /** Whether a maximum follows. */
    private static boolean readLimitFlags(BinaryCursor input, String where) {
        int at = input.position();
        int flags = input.u8();
        if (flags > 0x0F) {
            throw new MalformedModuleException(at, "unknown limits 0x%02X".formatted(flags));
        }
        if ((flags & 0x02) != 0) {
            throw RefusedFeature.THREADS.found("shared memory", where);
        }
        if ((flags & 0x04) != 0) {
            throw RefusedFeature.MEMORY64.found("64-bit limits", where);
        }
        if ((flags & 0x08) != 0) {
            throw RefusedFeature.CUSTOM_PAGE_SIZES.found("a page size", where);
        }
        return flags == 0x01;
    }

    private static OptionalLong readMaximum(BinaryCursor input, boolean hasMaximum) {
        return hasMaximum ? OptionalLong.of(input.u32()) : OptionalLong.empty();
    }

    /** Whether each global can be changed. */
    static List<Boolean> readGlobals(BinaryCursor input) {
        int count = (int) PreflightCap.GLOBALS.require(input.count(3), "global section");
        List<Boolean> mutable = new ArrayList<>(count);
        for (int index = 0; index < count; index++) {
            String where = "global " + index;
            ValueType.read(input, where);
            int at = input.position();
            int mutability = input.u8();
            if (mutability == 0x02 || mutability == 0x03) {
                throw RefusedFeature.THREADS.found("a shared global", where);
            }
            if (mutability > 0x01) {
                throw new MalformedModuleException(at, "unknown mutability 0x%02X".formatted(mutability));
            }
            mutable.add(mutability == 0x01);
            ConstantExpression.skip(input, where);
        }
        return mutable;
    }

    static List<Outline.Export> readExports(BinaryCursor input) {
        int count = (int) PreflightCap.EXPORTS.require(input.count(3), "export section");
        List<Outline.Export> exports = new ArrayList<>(count);
        for (int index = 0; index < count; index++) {
            String name = Names.read(input, "export " + index);
            String where = "export " + GuestText.quote(name);
            if (name.startsWith(RESERVED)) {
                throw reserved(where);
            }
            Outline.Kind kind = readExportKind(input, where);
            exports.add(new Outline.Export(name, kind, input.u32()));
        }
        return exports;
    }

    private static Outline.Kind readExportKind(BinaryCursor input, String where) {
        int at = input.position();
        int code = input.u8();
        return switch (code) {
            case 0x00 -> Outline.Kind.FUNCTION;
            case 0x01 -> Outline.Kind.TABLE;
            case 0x02 -> Outline.Kind.MEMORY;
            case 0x03 -> Outline.Kind.GLOBAL;
            case 0x04 -> throw RefusedFeature.EXCEPTION_HANDLING.found("an exported tag", where);
            default -> throw new MalformedModuleException(at, "unknown kind of export 0x%02X".formatted(code));
        };
    }

    private static RejectedModuleException reserved(String where) {
        return new RejectedModuleException(
                "reserved-name", where, "names that begin with `" + RESERVED + "` belong to the platform; rename it");
    }
}
