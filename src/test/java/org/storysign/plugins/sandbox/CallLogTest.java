package org.storysign.plugins.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.storysign.plugins.limits.MemorySize;

class CallLogTest {

    @Test
    void lines_that_fit_are_kept_in_order() {
        CallLog log = new CallLog(new MemorySize(2L * (3 + CallLog.LINE_COST)));

        log.add(LogLine.Level.INFO, "one");
        log.add(LogLine.Level.ERROR, "two");

        assertThat(log.lines())
                .containsExactly(new LogLine(LogLine.Level.INFO, "one"), new LogLine(LogLine.Level.ERROR, "two"));
    }

    @Test
    void the_first_line_that_does_not_fit_is_replaced_by_a_marker_and_later_ones_are_dropped() {
        CallLog log = new CallLog(new MemorySize(2L * (3 + CallLog.LINE_COST) - 1));

        log.add(LogLine.Level.INFO, "one");
        log.add(LogLine.Level.INFO, "two");
        log.add(LogLine.Level.INFO, "");

        assertThat(log.lines())
                .containsExactly(
                        new LogLine(LogLine.Level.INFO, "one"),
                        new LogLine(LogLine.Level.WARN, "the log was cut here: its limit is 37 bytes"));
    }

    @Test
    void a_flood_of_empty_lines_ends_too() {
        CallLog log = new CallLog(MemorySize.ofKiB(1));

        for (int line = 0; line < 1_000_000; line++) {
            log.add(LogLine.Level.INFO, "");
        }

        assertThat(log.lines()).hasSize(1_024 / CallLog.LINE_COST + 1);
    }

    @Test
    void a_line_can_neither_forge_another_nor_steer_a_terminal() {
        LogLine line = LogLine.of(LogLine.Level.INFO, "a\nERROR b\r\u001b[31m\u202ec\u2028d\ud800\tgrüße 🎉");

        assertThat(line.text()).isEqualTo("a\\nERROR b\\r\\u{1b}[31m\\u{202e}c\\u{2028}d\\u{d800}\\tgrüße 🎉");
    }
}
