package org.storysign.plugins.platform.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.storysign.plugins.platform.PlatformService;

/** The documents in {@code deploy/connectors} as documents. */
class ContractDocumentsTest {

    static Stream<PlatformService> services() {
        return Connectors.POSSIBLE.stream();
    }

    static Stream<Arguments> examples() {
        return services()
                .flatMap(service -> ContractDocument.of(service).operations().stream())
                .flatMap(operation -> operation.examples().entrySet().stream()
                        .map(example -> Arguments.of(example.getKey(), operation, example.getValue())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("examples")
    void every_body_and_parameter_has_an_example_that_fits(
            String where, ContractOperation operation, ContractOperation.Example example) {
        assertThat(example.value().isMissingNode()).isFalse();
        assertThat(operation
                        .document()
                        .misfits(example.schema(), example.value().toString()))
                .isEmpty();
    }

    @Test
    void every_operation_is_asked_by_an_adapter_and_no_other() {
        assertThat(services().flatMap(service -> ContractDocument.of(service).operations().stream()))
                .extracting(ContractOperation::id)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Probe.values()).map(Probe::operation).toList());
    }

    @ParameterizedTest
    @MethodSource("services")
    void every_operation_says_for_whom_it_is_asked_and_only_changes_have_a_key(PlatformService service) {
        assertThat(ContractDocument.of(service).operations()).allSatisfy(operation -> {
            assertThat(operation.misfits(name -> null, java.util.Map.of("limit", "1", "id", "x", "query", "x"), ""))
                    .contains("Plugins-Tenant is missing", "Plugins-Plugin is missing");
            assertThat(operation.changes()).isEqualTo(!operation.method().equals("GET"));
        });
    }
}
