package org.storysign.plugins.wasm;

import org.storysign.plugins.problem.GuestText;

/** Reads the sections that declare without code: imports, tables, memories, globals, exports. Source: core spec 5.5. */
final class Declarations {

    /** Names the platform keeps for what it adds to a module. */
    static final String RESERVED = "storysign:";

    private Declarations() {}

    /** The types of the imported functions; only functions can be imported. */
    static int[] readImports(BinaryCursor input) {
        int count = (int) PreflightCap.IMPORTS.require(input.count(4), "import section");
        int[] types = new int[count];
        for (int index = 0; index < count; index++) {
            String module = Names.read(input, "import " + index);
            String name = Names.read(input, "import " + index);
            String where = "import " + GuestText.quote(module + "." + name);
            if (module.startsWith(RESERVED)) {
                throw reserved(where);
            }
            requireFunction(input, where);
            types[index] = FunctionTable.index(input.u32());
        }
        return types;
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

    static void readTables(BinaryCursor input) {
        int count = input.count(1);
        if (count > 1) {
            throw RefusedFeature.MULTI_TABLE.found(count + " tables", "table section");
        }
        if (count == 1) {
            if (input.peek() == 0x40) {
                throw RefusedFeature.GC.found("a table with an initial value", "table 0");
            }
            ValueType.readReference(input, "table 0");
            readLimits(input, "table 0");
        }
    }

    static void readMemories(BinaryCursor input) {
        int count = input.count(1);
        if (count > 1) {
            throw RefusedFeature.MULTI_MEMORY.found(count + " memories", "memory section");
        }
        if (count == 1) {
            readLimits(input, "memory 0");
        }
    }

    private static void readLimits(BinaryCursor input, String where) {
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
        input.u32();
        if (flags == 0x01) {
            input.u32();
        }
    }

    static void readGlobals(BinaryCursor input) {
        long count = PreflightCap.GLOBALS.require(input.count(3), "global section");
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
            ConstantExpression.skip(input, where);
        }
    }

    static void readExports(BinaryCursor input) {
        long count = PreflightCap.EXPORTS.require(input.count(3), "export section");
        for (int index = 0; index < count; index++) {
            String name = Names.read(input, "export " + index);
            String where = "export " + GuestText.quote(name);
            if (name.startsWith(RESERVED)) {
                throw reserved(where);
            }
            int at = input.position();
            int kind = input.u8();
            if (kind == 0x04) {
                throw RefusedFeature.EXCEPTION_HANDLING.found("an exported tag", where);
            }
            if (kind > 0x04) {
                throw new MalformedModuleException(at, "unknown kind of export 0x%02X".formatted(kind));
            }
            input.u32();
        }
    }

    private static RejectedModuleException reserved(String where) {
        return new RejectedModuleException(
                "reserved-name", where, "names that begin with `" + RESERVED + "` belong to the platform; rename it");
    }
}
