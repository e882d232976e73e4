package org.storysign.plugins.wasm.fuel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.storysign.plugins.kit.MeteredRunner.Budget;
import org.storysign.plugins.kit.MeteredRunner.Engine;
import org.storysign.plugins.kit.MeteredRunner.Run;
import org.storysign.plugins.kit.MeteredRunner.Stop;

class LengthChargeTest {

    private static final int UNTOUCHED = Arrays.hashCode(new byte[65_536]) * 31 + 1;

    static Stream<Arguments> operations() {
        return Stream.of(
                        Arguments.of("(memory.fill (i32.const 0) (i32.const 1) (i32.const 65536))", 4 + 8_192L),
                        Arguments.of("(memory.copy (i32.const 0) (i32.const 1) (i32.const 65535))", 4 + 8_191L),
                        Arguments.of(
                                "(memory.init 0 (i32.const 0) (i32.const 0) (i32.const -1))", 4 + (1L << 32) / 8 - 1),
                        Arguments.of(
                                "(memory.fill (i32.const 0) (i32.const 1) (i32.const -8))", 4 + (1L << 32) / 8 - 1),
                        Arguments.of("(drop (memory.grow (i32.const 1)))", 3 + 8_192L),
                        Arguments.of("(drop (memory.grow (i32.const -1)))", 3 + 0xFFFF_FFFFL * 8_192))
                .flatMap(operation -> Stream.of(Engine.values())
                        .map(engine ->
                                Arguments.of(operation.get()[0], operation.get()[1], engine)));
    }

    private static String module(String operation) {
        return "(module (memory 1 2) (data \"abc\") (func (export \"main\") %s))".formatted(operation);
    }

    @ParameterizedTest
    @MethodSource("operations")
    void work_by_length_is_paid_before_it_is_done(String operation, long cost, Engine engine) {
        Run run = Metered.run(engine, Metered.of(module(operation)), Budget.ofFuel(4_000));

        assertThat(run.stop()).isEqualTo(Stop.OUT_OF_FUEL);
        assertThat(run.fuel()).isEqualTo(cost);
        assertThat(run.memory()).isEqualTo(UNTOUCHED);
    }

    @ParameterizedTest
    @MethodSource("operations")
    void it_costs_as_little_as_any_instruction_when_the_charge_is_unplugged(
            String operation, long cost, Engine engine) {
        MeteredModule module = Metered.without(Guard.LENGTH_CHARGE, module(operation));

        Run run = Metered.run(engine, module, Budget.ofFuel(4_000));

        assertThat(run.stop()).isNotEqualTo(Stop.OUT_OF_FUEL);
        assertThat(run.fuel()).isLessThan(cost).isLessThan(5);
    }
}
