package org.storysign.plugins.wasm.fuel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.wasm.Opcode;
import org.storysign.plugins.wasm.fuel.CostTable.LengthCost;

class CostTableTest {

    @Test
    void the_decision_record_shows_the_costs_in_force() throws IOException {
        String record = Files.readString(Path.of("decisions/002-fuel-by-rewriting.md"));

        assertThat(record).contains(CostTable.CURRENT.toMarkdown());
    }

    @Test
    void the_decision_record_shows_the_measure_of_the_stack() throws IOException {
        String record = Files.readString(Path.of("decisions/002-fuel-by-rewriting.md"));

        assertThat(record).contains(String.format(Locale.ROOT, "= %,d bytes", FrameWeight.BYTES_PER_DEPTH_UNIT));
        assertThat(record).contains("every %d slots".formatted(FrameWeight.SLOTS_PER_UNIT));
        assertThat(record).contains("chains of up to %d units".formatted(FrameWeight.UNCOUNTED_UNITS));
    }

    @Test
    void every_instruction_that_leaves_a_trace_costs_one() {
        CostTable costs = CostTable.CURRENT;

        assertThat(costs.of(Opcode.I32_ADD)).isEqualTo(1);
        assertThat(costs.of(Opcode.CALL_INDIRECT)).isEqualTo(1);
        assertThat(costs.of(Opcode.NOP)).isZero();
        assertThat(costs.ofLocals(7)).isZero();
        assertThat(costs.ofLocals(5_000)).isEqualTo(625);
    }

    @Test
    void a_cost_that_could_overflow_the_counter_is_refused() {
        assertThatThrownBy(() -> new LengthCost("pages", 65_537, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
