package org.storysign.plugins.wasm.fuel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.storysign.plugins.kit.MeteredRunner;
import org.storysign.plugins.kit.MeteredRunner.Budget;
import org.storysign.plugins.kit.MeteredRunner.Engine;
import org.storysign.plugins.kit.MeteredRunner.Run;
import org.storysign.plugins.kit.MeteredRunner.Stop;
import org.storysign.plugins.wasm.Opcode;

/** Functions keep their meaning wherever they are named, though the meter's imports give them other indices. */
class SectionsTest {

    private static final int FUNCREF = 0x70;

    static Stream<Arguments> formsAndEngines() {
        return IntStream.range(0, 8)
                .boxed()
                .flatMap(form -> Stream.of(Engine.values()).map(engine -> Arguments.of(form, engine)));
    }

    @ParameterizedTest
    @MethodSource("formsAndEngines")
    void element_segments_of_every_form_lead_to_the_same_functions(int form, Engine engine) {
        byte[] module = moduleWith(segment(form));

        Run plain = MeteredRunner.plain(Engine.INTERPRETER, module).run(Budget.AMPLE, "main");
        Run run = Metered.run(engine, Metered.of(module), Budget.AMPLE);

        assertThat(run.withoutMeter()).isEqualTo(plain);
        assertThat(run.results()).isEqualTo(form % 2 == 0 ? List.of(1_001L) : List.of());
        assertThat(run.stop()).isEqualTo(form % 2 == 0 ? Stop.RETURNED : Stop.INDIRECT_CALL);
    }

    /** Puts the import and functions 1 and 2 into the table's first entries, or only declares them. */
    private static BinaryWriter segment(int form) {
        BinaryWriter segment = new BinaryWriter().unsigned(form);
        if (form % 2 == 0) {
            if ((form & 2) != 0) {
                segment.unsigned(0);
            }
            segment.opcode(Opcode.I32_CONST).signed(0).opcode(Opcode.END);
        }
        if ((form & 3) != 0) {
            segment.u8(form < 4 ? 0 : FUNCREF);
        }
        segment.unsigned(3);
        for (int function = 0; function < 3; function++) {
            if (form < 4) {
                segment.unsigned(function);
            } else {
                segment.opcode(Opcode.REF_FUNC).unsigned(function).opcode(Opcode.END);
            }
        }
        return segment;
    }

    /** {@code main} adds what the table's first entry (the host's 0) and its third give, calling by indices of five bytes. */
    private static byte[] moduleWith(BinaryWriter segment) {
        BinaryWriter module = new BinaryWriter().copy(new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0}, 0, 8);
        module.u8(1)
                .sized(new BinaryWriter()
                        .unsigned(1)
                        .u8(0x60)
                        .unsigned(0)
                        .unsigned(1)
                        .u8(0x7F));
        module.u8(2)
                .sized(new BinaryWriter()
                        .unsigned(1)
                        .name("env")
                        .name("zero")
                        .u8(0)
                        .unsigned(0));
        module.u8(3)
                .sized(new BinaryWriter().unsigned(3).unsigned(0).unsigned(0).unsigned(0));
        module.u8(4).sized(new BinaryWriter().unsigned(1).u8(FUNCREF).u8(0).unsigned(4));
        module.u8(7)
                .sized(new BinaryWriter()
                        .unsigned(2)
                        .name("main")
                        .u8(0)
                        .unsigned(3)
                        .name("host")
                        .u8(0)
                        .unsigned(0));
        module.u8(9).sized(new BinaryWriter().unsigned(1).all(segment));
        BinaryWriter calling = new BinaryWriter().unsigned(0);
        calling.opcode(Opcode.CALL).u8(0x81).u8(0x80).u8(0x80).u8(0x80).u8(0x00).opcode(Opcode.END);
        BinaryWriter main = new BinaryWriter().unsigned(0);
        for (int entry : new int[] {0, 2}) {
            main.opcode(Opcode.I32_CONST)
                    .signed(entry)
                    .opcode(Opcode.CALL_INDIRECT)
                    .unsigned(0)
                    .unsigned(0);
        }
        main.opcode(Opcode.I32_ADD).opcode(Opcode.END);
        BinaryWriter thousand = new BinaryWriter()
                .unsigned(0)
                .opcode(Opcode.I32_CONST)
                .signed(1_001)
                .opcode(Opcode.END);
        return module.u8(10)
                .sized(new BinaryWriter()
                        .unsigned(3)
                        .sized(thousand)
                        .sized(calling)
                        .sized(main))
                .toBytes();
    }

    @Test
    void an_exported_import_stays_the_host_function() {
        Run run = MeteredRunner.metered(Engine.INTERPRETER, Metered.of(moduleWith(segment(0))))
                .run(Budget.AMPLE, "host");

        assertThat(run.results()).containsExactly(0L);
    }

    @Test
    void a_module_with_nothing_in_it_gets_only_the_meter() {
        MeteredModule metered = Metered.of("(module)");

        assertThat(metered.fuelGlobal()).isZero();
        assertThat(metered.depthGlobal()).isEqualTo(1);
        assertThat(Metered.of("(module)").binary()).as("the same each time").isEqualTo(metered.binary());
    }

    @Test
    void a_function_of_the_running_module_is_found_by_its_old_index() {
        MeteredModule metered = Metered.of(moduleWith(segment(0)));

        assertThat(IntStream.range(0, 6).map(metered::sourceFunction)).containsExactly(0, -1, -1, 1, 2, 3);
    }

    @Test
    void metering_leaves_out_custom_sections_and_keeps_the_source_digest() {
        byte[] module = new BinaryWriter()
                .copy(new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0}, 0, 8)
                .u8(0)
                .sized(new BinaryWriter().name("producers").u8(0))
                .toBytes();

        MeteredModule metered = Metered.of(module);

        assertThat(metered.binary()).isEqualTo(Metered.of("(module)").binary());
        assertThat(metered.source()).isNotEqualTo(Metered.of("(module)").source());
    }
}
