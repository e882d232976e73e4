package org.storysign.plugins.rest.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.platform.WriteCondition;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

class RevisionsTest {

    @Test
    void a_change_must_name_the_revision_it_replaces() {
        assertThat(Revisions.required("\"7\"")).isEqualTo(7);
        assertThat(Revisions.required(" \"7\" ")).isEqualTo(7);
        assertRefused(() -> Revisions.required(null), ProblemCode.PRECONDITION_REQUIRED);
    }

    @Test
    void an_etag_that_was_never_given_out_matches_nothing() {
        assertRefused(() -> Revisions.required("\"abc\""), ProblemCode.PRECONDITION_FAILED);
        assertRefused(() -> Revisions.required("7"), ProblemCode.PRECONDITION_FAILED);
        assertRefused(() -> Revisions.required("W/\"7\""), ProblemCode.PRECONDITION_FAILED);
        assertRefused(() -> Revisions.required("\"9999999999999999999999\""), ProblemCode.PRECONDITION_FAILED);
    }

    @Test
    void a_change_names_one_revision_not_any_and_not_several() {
        assertRefused(() -> Revisions.required("*"), ProblemCode.REQUEST_INVALID);
        assertRefused(() -> Revisions.required("\"7\", \"8\""), ProblemCode.REQUEST_INVALID);
    }

    @Test
    void a_write_creates_replaces_one_revision_or_does_either() {
        assertThat(Revisions.condition(null, null)).isEqualTo(new WriteCondition.Always());
        assertThat(Revisions.condition(null, "*")).isEqualTo(new WriteCondition.Absent());
        assertThat(Revisions.condition("\"3\"", null)).isEqualTo(new WriteCondition.AtRevision(3));
        assertRefused(() -> Revisions.condition("\"3\"", "*"), ProblemCode.REQUEST_INVALID);
        assertRefused(() -> Revisions.condition(null, "\"3\""), ProblemCode.REQUEST_INVALID);
    }

    private static void assertRefused(ThrowingCallable reading, ProblemCode code) {
        assertThatThrownBy(reading)
                .asInstanceOf(InstanceOfAssertFactories.type(ProblemException.class))
                .extracting(ProblemException::code)
                .isEqualTo(code);
    }
}
