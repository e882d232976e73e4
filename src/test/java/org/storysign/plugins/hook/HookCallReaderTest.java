package org.storysign.plugins.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.storysign.plugins.manifest.HookType;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.problem.Violation;

class HookCallReaderTest {

    @Test
    void only_the_type_is_needed() {
        HookCall call = HookCalls.of("{\"type\":\"after\"}");

        assertThat(call.type()).isEqualTo(HookType.AFTER);
        assertThat(call.deadline()).isEqualTo(Duration.ofSeconds(5));
        assertThat(call.payload().args()).isEmpty();
        assertThat(call.payload().result().isNull()).isTrue();
    }

    @Test
    void null_names_are_as_good_as_absent_ones() {
        HookCall call = HookCalls.of("{\"type\":\"after\",\"user_id\":null,\"target\":null}");

        assertThat(call.origin().user()).isEmpty();
        assertThat(call.target()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                       | /type",
                "{\"type\":\"during\"}                    | /type",
                "{\"type\":\"after\",\"args\":{}}         | /args",
                "{\"type\":\"after\",\"kwargs\":[]}       | /kwargs",
                "{\"type\":\"after\",\"user_id\":7}       | /user_id",
                "{\"type\":\"after\",\"user_id\":\"\"}    | /user_id",
                "{\"type\":\"after\",\"target\":\"a\\u0000\"} | /target",
                "{\"type\":\"after\",\"deadline_ms\":0}   | /deadline_ms",
                "{\"type\":\"after\",\"deadline_ms\":5001} | /deadline_ms",
                "{\"type\":\"after\",\"userid\":\"u\"}    | /userid"
            })
    void what_does_not_fit_is_named_by_its_pointer(String body, String pointer) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> HookCalls.of(body.replace("\\u0000", "\\u0001")))
                .satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo(ProblemCode.REQUEST_INVALID);
                    assertThat(problem.violations())
                            .extracting(Violation::pointer)
                            .containsExactly(pointer);
                });
    }
}
