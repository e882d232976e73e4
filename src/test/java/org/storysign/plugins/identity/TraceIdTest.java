package org.storysign.plugins.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceIdTest {

    private static final String ID = "4bf92f3577b34da6a3ce929d0e0e4736";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00-" + ID + "-00f067aa0ba902b7-01",
                "00-" + ID + "-00f067aa0ba902b7-00",
                "cc-" + ID + "-00f067aa0ba902b7-01",
                "cc-" + ID + "-00f067aa0ba902b7-01-what-the-future-holds"
            })
    void a_valid_traceparent_gives_its_trace(String traceparent) {
        assertThat(TraceId.from(traceparent).value()).isEqualTo(ID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ID,
                "ff-" + ID + "-00f067aa0ba902b7-01",
                "00-" + ID + "-00f067aa0ba902b7-01-more",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-" + ID + "-0000000000000000-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-" + ID + "-00f067aa0ba902b7-01\n",
                "00-" + ID + "0-00f067aa0ba902b7-01"
            })
    void anything_else_is_not_taken_over(String traceparent) {
        assertThat(TraceId.from(traceparent).value()).matches("[0-9a-f]{32}").isNotEqualTo(ID);
    }

    @Test
    void without_one_every_request_has_a_trace_of_its_own() {
        assertThat(TraceId.from(null)).isNotEqualTo(TraceId.from(null));
        assertThat(TraceId.from(null).value()).matches("[0-9a-f]{32}").isNotEqualTo("0".repeat(32));
    }
}
