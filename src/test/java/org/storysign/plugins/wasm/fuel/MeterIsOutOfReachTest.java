package org.storysign.plugins.wasm.fuel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.ExternalType;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.storysign.plugins.kit.MeteredRunner.Budget;
import org.storysign.plugins.kit.MeteredRunner.Engine;
import org.storysign.plugins.kit.MeteredRunner.Run;
import org.storysign.plugins.kit.MeteredRunner.Stop;
import org.storysign.plugins.kit.Modules;
import org.storysign.plugins.kit.Wat;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.wasm.Opcode;

/** A guest that knows how it is metered cannot read, write, call or export any of it. */
class MeterIsOutOfReachTest {

    /** The guest has one global and two functions, so metered these are the meter's counters and imports. */
    private static final int FUEL = 1;

    private static final int DEPTH = 2;
    private static final int REFILL = 2;
    private static final int DESCEND = 3;

    static Stream<Arguments> modulesThatNameTheMeter() {
        return Stream.of(
                Arguments.of("read the fuel", code(Opcode.GLOBAL_GET, FUEL, Opcode.DROP)),
                Arguments.of("read the depth", code(Opcode.GLOBAL_GET, DEPTH, Opcode.DROP)),
                Arguments.of("write the fuel", writing(FUEL)),
                Arguments.of("write the depth", writing(DEPTH)),
                Arguments.of("call refill", code(Opcode.CALL, REFILL, Opcode.NOP)),
                Arguments.of("call descend", code(Opcode.CALL, DESCEND, Opcode.NOP)),
                Arguments.of("take a reference to refill", code(Opcode.REF_FUNC, REFILL, Opcode.DROP)),
                Arguments.of("take a reference to descend", code(Opcode.REF_FUNC, DESCEND, Opcode.DROP)),
                Arguments.of("export the fuel", exporting(3, FUEL)),
                Arguments.of("export the depth", exporting(3, DEPTH)),
                Arguments.of("export refill", exporting(0, REFILL)),
                Arguments.of("put refill into the table", tabling(REFILL)),
                Arguments.of("put descend into the table", tabling(DESCEND)),
                Arguments.of("import refill", importing("refill")),
                Arguments.of("import descend", importing("descend")),
                Arguments.of("import something else from the meter", importing("more")));
    }

    @ParameterizedTest
    @MethodSource("modulesThatNameTheMeter")
    void a_module_that_names_the_meter_is_refused_before_it_is_metered(String attempt, byte[] module) {
        assertThatThrownBy(() -> Modules.scanned(module)).as(attempt).isInstanceOf(ProblemException.class);
    }

    @Test
    void the_same_module_without_an_attempt_passes() {
        assertThat(Modules.scanned(code(Opcode.GLOBAL_GET, 0, Opcode.DROP))).isNotNull();
    }

    @Test
    void a_metered_module_exports_nothing_of_the_meter() {
        MeteredModule metered = Metered.of("""
                (module (import "env" "own" (func))
                  (global (export "g") i32 (i32.const 1)) (memory (export "m") 1) (table (export "t") 1 funcref)
                  (func (export "main")) (export "i" (func 0)))
                """);
        WasmModule module = Parser.parse(metered.binary().toBytes());

        List<String> exports = IntStream.range(0, module.exportSection().exportCount())
                .mapToObj(index -> module.exportSection().getExport(index))
                .map(export -> export.name() + " " + export.exportType() + " " + export.index())
                .toList();

        assertThat(exports)
                .containsExactlyInAnyOrder(
                        "g " + ExternalType.GLOBAL + " 0",
                        "m " + ExternalType.MEMORY + " 0",
                        "t " + ExternalType.TABLE + " 0",
                        "main " + ExternalType.FUNCTION + " 3",
                        "i " + ExternalType.FUNCTION + " 0");
    }

    @Test
    void calling_every_entry_of_the_table_by_the_meters_type_never_reaches_the_meter() {
        MeteredModule metered = Metered.of("""
                (module (type $t (func))
                  (table (export "t") 64 funcref) (elem (i32.const 0) $a $b $a) (elem declare func $main)
                  (global $entry (mut i32) (i32.const 0)) (global $called (mut i32) (i32.const 0))
                  (func $a (global.set $called (i32.add (global.get $called) (i32.const 1))))
                  (func $b (call $a))
                  (func $main (export "main")
                    (loop $l
                      (call_indirect (type $t) (global.get $entry))
                      (global.set $entry (i32.add (global.get $entry) (i32.const 1)))
                      (br $l))))
                """);

        Run run = Metered.run(Engine.COMPILER, metered, Budget.AMPLE);

        assertThat(run.stop()).isEqualTo(Stop.INDIRECT_CALL);
        assertThat(run.globals()).as("the fourth entry is empty; three calls").containsExactly(3L, 3L);
    }

    @Test
    void charges_as_large_as_can_be_do_not_wrap_the_counter() {
        MeteredModule metered = Metered.of(
                "(module (memory 1) (func (export \"main\") (loop (drop (memory.grow (i32.const -1))) (br 0))))");

        Run run = Metered.run(Engine.INTERPRETER, metered, new Budget(1L << 62, 1L << 62, 100));

        assertThat(run.stop()).isEqualTo(Stop.OUT_OF_FUEL);
        assertThat(run.fuel()).isGreaterThan(1L << 62).isLessThan((1L << 62) + (1L << 46));
    }

    private static byte[] code(Opcode opcode, int index, Opcode then) {
        return module(
                export("main", 0, 0),
                new BinaryWriter().unsigned(0),
                new BinaryWriter()
                        .unsigned(0)
                        .opcode(opcode)
                        .unsigned(index)
                        .opcode(then)
                        .opcode(Opcode.END));
    }

    private static byte[] writing(int global) {
        return module(
                export("main", 0, 0),
                new BinaryWriter().unsigned(0),
                new BinaryWriter()
                        .unsigned(0)
                        .opcode(Opcode.I64_CONST)
                        .signed(1)
                        .opcode(Opcode.GLOBAL_SET)
                        .unsigned(global)
                        .opcode(Opcode.END));
    }

    private static byte[] exporting(int kind, int index) {
        return module(export("x", kind, index), new BinaryWriter().unsigned(0), empty());
    }

    private static byte[] tabling(int function) {
        BinaryWriter segment = new BinaryWriter()
                .unsigned(1)
                .unsigned(0)
                .opcode(Opcode.I32_CONST)
                .signed(0)
                .opcode(Opcode.END)
                .unsigned(1)
                .unsigned(function);
        return module(export("main", 0, 0), segment, empty());
    }

    private static byte[] importing(String name) {
        return Wat.assemble("(module (import \"storysign:meter\" \"%s\" (func)) (memory 1) (func (export \"main\")))"
                .formatted(name));
    }

    private static BinaryWriter export(String name, int kind, int index) {
        return new BinaryWriter().unsigned(1).name(name).u8(kind).unsigned(index);
    }

    private static BinaryWriter empty() {
        return new BinaryWriter().unsigned(0).opcode(Opcode.END);
    }

    private static byte[] module(BinaryWriter exports, BinaryWriter elements, BinaryWriter body) {
        BinaryWriter module = new BinaryWriter().copy(new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0}, 0, 8);
        module.u8(1).sized(new BinaryWriter().unsigned(1).u8(0x60).unsigned(0).unsigned(0));
        module.u8(3).sized(new BinaryWriter().unsigned(2).unsigned(0).unsigned(0));
        module.u8(4).sized(new BinaryWriter().unsigned(1).u8(0x70).u8(0).unsigned(4));
        module.u8(5).sized(new BinaryWriter().unsigned(1).u8(0).unsigned(1));
        module.u8(6)
                .sized(new BinaryWriter()
                        .unsigned(1)
                        .u8(0x7E)
                        .u8(1)
                        .opcode(Opcode.I64_CONST)
                        .signed(0)
                        .opcode(Opcode.END));
        module.u8(7).sized(exports);
        module.u8(9).sized(elements);
        return module.u8(10)
                .sized(new BinaryWriter().unsigned(2).sized(body).sized(empty()))
                .toBytes();
    }
}
