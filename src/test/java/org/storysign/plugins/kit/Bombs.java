package org.storysign.plugins.kit;

import static org.storysign.plugins.kit.ModuleBuilder.END;
import static org.storysign.plugins.kit.ModuleBuilder.I32;
import static org.storysign.plugins.problem.ProblemCode.MODULE_MALFORMED;
import static org.storysign.plugins.problem.ProblemCode.MODULE_REJECTED;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.storysign.plugins.problem.ProblemCode;

/** Small modules that hang or kill a JVM whose engine reads them unprotected (FACTS, "Module bombs"). */
public final class Bombs {

    private static final int BLOCK = 0x02;
    private static final int LOOP = 0x03;
    private static final int BR = 0x0C;
    private static final int BR_IF = 0x0D;
    private static final int BR_TABLE = 0x0E;
    private static final int CALL_INDIRECT = 0x11;
    private static final int DROP = 0x1A;
    private static final int MEMORY_GROW = 0x40;
    private static final int CONST = 0x41;
    private static final int VOID = 0x40;
    private static final long TWO_TO_31 = 1L << 31;

    private Bombs() {}

    /** A module, and the code by which it is refused before anything of it runs. */
    public record Bomb(String name, byte[] bytes, ProblemCode code) {

        @Override
        public String toString() {
            return name;
        }
    }

    /** Every bomb that is refused before anything of it runs. */
    public static List<Bomb> list() {
        return List.of(
                malformed("type count of 2^31", single(1, new WasmBytes().u32(TWO_TO_31))),
                malformed(
                        "parameter count of 2^31",
                        single(1, WasmBytes.of(1, 0x60).u32(TWO_TO_31))),
                malformed(
                        "element count of 2^31",
                        single(9, WasmBytes.of(1, 0, CONST, 0, END).u32(TWO_TO_31))),
                malformed("data length of 2^31", data(TWO_TO_31)),
                malformed("data length of 2^32 - 1", data(0xFFFF_FFFFL)),
                malformed("custom name length of 2^31", single(0, new WasmBytes().u32(TWO_TO_31))),
                rejected("rec group of 2^31", single(1, WasmBytes.of(1, 0x4E).u32(TWO_TO_31))),
                rejected("20,000 functions of 50,000 locals", locals(20_000, 50_000)),
                rejected("100,000 empty functions", emptyFunctions(100_000)),
                rejected("200,000 empty functions", emptyFunctions(200_000)),
                rejected("200,000 br_if out of 10,000 blocks", branches(10_000, 200_000)),
                rejected("br_table of 1,000,000 out of 10,000 blocks", branchTable(10_000, 1_000_000)),
                rejected("br_table of 1,000,000", branchTable(0, 1_000_000)),
                rejected(
                        "200,000 operands",
                        function(new WasmBytes().repeat(200_000, CONST, 0).repeat(200_000, DROP))),
                rejected("4,000 equal types of 4,000 functions", equalTypes(4_000)),
                rejected("1,000,000 instructions", function(new WasmBytes().repeat(1_000_000, CONST, 0, DROP))),
                rejected("5,000,000 element references", elements(5_000_000)),
                rejected("65,536 blocks inside one another", branches(65_536, 0)),
                rejected(
                        "memory of 32,767 pages",
                        new ModuleBuilder().memory(32_767).toBytes()),
                rejected(
                        "memory of 65,536 pages",
                        new ModuleBuilder().memory(65_536).toBytes()),
                rejected("100 memories", single(5, WasmBytes.of(100).repeat(100, 0, 1))),
                rejected("100 tables of 10,000,000", tables(100, 10_000_000)),
                rejected("table of 10,000,000", tables(1, 10_000_000)),
                rejected("table.grow in a loop", tableGrowth()),
                rejected("recursion with 49,000 locals", recursion(49_000)));
    }

    /** The same by name. */
    public static Map<String, byte[]> all() {
        return list().stream().collect(Collectors.toMap(Bomb::name, Bomb::bytes, (a, b) -> a, LinkedHashMap::new));
    }

    /** Modules that are accepted and must be stopped while they run; each exports {@code run} of type () -> (). */
    public static Map<String, byte[]> whileRunning() {
        WasmBytes loop = WasmBytes.of(LOOP, VOID, BR, 0, END, END);
        WasmBytes growth = WasmBytes.of(LOOP, VOID, CONST, 1, MEMORY_GROW, 0, DROP, BR, 0, END, END);
        ModuleBuilder start = new ModuleBuilder().type(List.of(), List.of()).function(0, loop);
        ModuleBuilder grow =
                new ModuleBuilder().type(List.of(), List.of()).memory(1).function(0, growth);
        return Map.of(
                "endless loop in the start function",
                start.export("run", 0, 0).section(8, WasmBytes.of(0)).toBytes(),
                "memory.grow in a loop",
                grow.export("run", 0, 0).toBytes());
    }

    private static Bomb malformed(String name, byte[] bytes) {
        return new Bomb(name, bytes, MODULE_MALFORMED);
    }

    private static Bomb rejected(String name, byte[] bytes) {
        return new Bomb(name, bytes, MODULE_REJECTED);
    }

    private static byte[] single(int section, WasmBytes content) {
        return ModuleBuilder.header().bytes(section).sized(content).toBytes();
    }

    private static byte[] data(long length) {
        return new ModuleBuilder()
                .memory(1)
                .section(11, WasmBytes.of(1, 0, CONST, 0, END).u32(length))
                .toBytes();
    }

    /** A module of one function; the code is given without its last end. */
    public static byte[] function(WasmBytes code) {
        return new ModuleBuilder()
                .type(List.of(), List.of())
                .function(0, code.bytes(END))
                .toBytes();
    }

    private static byte[] locals(int functions, int each) {
        ModuleBuilder module = new ModuleBuilder().type(List.of(), List.of());
        for (int index = 0; index < functions; index++) {
            module.function(0, WasmBytes.of(1).u32(each).bytes(I32), WasmBytes.of(END));
        }
        return module.toBytes();
    }

    private static byte[] emptyFunctions(int count) {
        WasmBytes types = new WasmBytes().u32(count).repeat(count, 0);
        WasmBytes bodies = new WasmBytes().u32(count).repeat(count, 2, 0, END);
        return new ModuleBuilder()
                .type(List.of(), List.of())
                .section(3, types)
                .section(10, bodies)
                .toBytes();
    }

    private static byte[] branches(int depth, int count) {
        WasmBytes code = new WasmBytes().repeat(depth, BLOCK, VOID);
        for (int index = 0; index < count; index++) {
            code.bytes(CONST, 0, BR_IF).u32(depth - 1);
        }
        return function(code.repeat(depth, END));
    }

    private static byte[] branchTable(int depth, int targets) {
        WasmBytes code = new WasmBytes().repeat(depth, BLOCK, VOID).bytes(CONST, 0, BR_TABLE);
        return function(code.u32(targets).repeat(targets + 1, 0).repeat(depth, END));
    }

    private static byte[] equalTypes(int count) {
        ModuleBuilder module = new ModuleBuilder().table(1);
        for (int index = 0; index < count; index++) {
            module.type(List.of(), List.of());
            module.function(
                    index, WasmBytes.of(CONST, 0, CALL_INDIRECT).u32(index).bytes(0, END));
        }
        return module.toBytes();
    }

    private static byte[] elements(int count) {
        WasmBytes segment = WasmBytes.of(1, 0, CONST, 0, END).u32(count).repeat(count, 0);
        return new ModuleBuilder()
                .type(List.of(), List.of())
                .table(1)
                .function(0, WasmBytes.of(END))
                .section(9, segment)
                .toBytes();
    }

    private static byte[] tables(int count, long entries) {
        ModuleBuilder module = new ModuleBuilder();
        for (int index = 0; index < count; index++) {
            module.table(entries);
        }
        return module.toBytes();
    }

    private static byte[] tableGrowth() {
        WasmBytes code = WasmBytes.of(LOOP, VOID, 0xD0, 0x70, CONST, 1, 0xFC, 15, 0, DROP, BR, 0, END, END);
        return new ModuleBuilder()
                .type(List.of(), List.of())
                .table(1)
                .function(0, code)
                .toBytes();
    }

    private static byte[] recursion(int locals) {
        return new ModuleBuilder()
                .type(List.of(), List.of())
                .function(0, WasmBytes.of(1).u32(locals).bytes(I32), WasmBytes.of(0x10, 0, END))
                .toBytes();
    }
}
