package org.storysign.plugins.rest.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.NotAcceptableException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.WebApplicationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.storysign.plugins.identity.TraceId;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.problem.Violation;

class FaultsTest {

    private static final TraceId TRACE = TraceId.from("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");

    static Stream<Arguments> thrown() {
        ProblemException ours = new ProblemException(ProblemCode.VERSION_EXISTS, "there");
        return Stream.of(
                Arguments.of(ours, ProblemCode.VERSION_EXISTS),
                Arguments.of(new CompletionException(new ExecutionException(ours)), ProblemCode.VERSION_EXISTS),
                Arguments.of(new WebApplicationException(ours, 500), ProblemCode.VERSION_EXISTS),
                Arguments.of(new BadRequestException("java.lang.Foo"), ProblemCode.REQUEST_INVALID),
                Arguments.of(new ForbiddenException(), ProblemCode.FORBIDDEN),
                Arguments.of(new NotFoundException(), ProblemCode.NOT_FOUND),
                Arguments.of(new NotAllowedException("GET"), ProblemCode.METHOD_NOT_ALLOWED),
                Arguments.of(new NotAcceptableException(), ProblemCode.NOT_ACCEPTABLE),
                Arguments.of(new NotSupportedException(), ProblemCode.UNSUPPORTED_MEDIA_TYPE),
                Arguments.of(new WebApplicationException(413), ProblemCode.REQUEST_TOO_LARGE),
                Arguments.of(new WebApplicationException(418), ProblemCode.INTERNAL_ERROR),
                Arguments.of(new ConstraintViolationException(Set.of()), ProblemCode.REQUEST_INVALID),
                Arguments.of(new IllegalStateException("org.storysign.Secret"), ProblemCode.INTERNAL_ERROR),
                Arguments.of(new NullPointerException("because <local4> is null"), ProblemCode.INTERNAL_ERROR),
                Arguments.of(new UncheckedIOException(new IOException("disk")), ProblemCode.INTERNAL_ERROR),
                Arguments.of(new TimeoutException("java.util.Timer"), ProblemCode.INTERNAL_ERROR),
                Arguments.of(new StackOverflowError(), ProblemCode.INTERNAL_ERROR),
                Arguments.of(new OutOfMemoryError("Java heap space"), ProblemCode.INTERNAL_ERROR),
                Arguments.of(new CompletionException(null), ProblemCode.INTERNAL_ERROR));
    }

    @ParameterizedTest
    @MethodSource("thrown")
    void whatever_is_thrown_becomes_a_problem_in_our_own_words(Throwable thrown, ProblemCode code) throws Exception {
        ProblemException fault = Faults.of(thrown);

        assertThat(fault.code()).isEqualTo(code);
        assertThat(new ObjectMapper().writeValueAsString(ProblemDocument.of(fault, "/x", TRACE)))
                .doesNotContain("java.", "org.", "Exception", "Error\"", "heap", "disk", "local4", "\tat ");
    }

    @Test
    void a_problem_has_the_members_of_rfc_9457_its_code_its_trace_its_facts_and_its_errors() {
        ProblemException fault = new ProblemException(
                ProblemCode.MANIFEST_INVALID,
                "The manifest is not valid.",
                Map.of(FactKey.RELEASE, "1.0.0", FactKey.PLUGIN, "resizer"),
                List.of(new Violation("/name", "is missing")));

        Map<String, Object> members = ProblemDocument.of(fault, "/api/plugins/install", TRACE);

        assertThat(members)
                .containsExactly(
                        Map.entry("type", "urn:storysign:problem:manifest-invalid"),
                        Map.entry("title", "The manifest is not valid"),
                        Map.entry("status", 422),
                        Map.entry("detail", "The manifest is not valid."),
                        Map.entry("instance", "/api/plugins/install"),
                        Map.entry("code", "manifest-invalid"),
                        Map.entry("traceId", "4bf92f3577b34da6a3ce929d0e0e4736"),
                        Map.entry("plugin", "resizer"),
                        Map.entry("release", "1.0.0"),
                        Map.entry("errors", List.of(Map.of("pointer", "/name", "detail", "is missing"))));
    }

    @Test
    void no_fact_can_stand_in_the_place_of_a_standard_member() {
        Set<String> standard = Set.of("type", "title", "status", "detail", "instance", "code", "traceId", "errors");

        assertThat(FactKey.values()).extracting(FactKey::key).noneMatch(standard::contains);
    }
}
