package org.storysign.plugins.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.kit.FakePlatform;
import org.storysign.plugins.kit.Golden;
import org.storysign.plugins.problem.ProblemCode;

/** {@code docs/host-functions.md} says what the registered functions are. */
class FunctionReferenceTest {

    private static final PlatformDescription DESCRIPTION = PlatformDescription.read();
    private static final List<FunctionDescription> DESCRIPTIONS = DESCRIPTION.functions();
    private static final Map<String, PlatformFunction> FUNCTIONS = new FakePlatform()
            .functions().stream().collect(Collectors.toMap(PlatformFunction::name, Function.identity()));

    @Test
    void every_registered_function_is_described_and_no_other() {
        assertThat(DESCRIPTIONS)
                .extracting(FunctionDescription::name)
                .containsExactlyInAnyOrderElementsOf(FUNCTIONS.keySet());
    }

    @Test
    void every_description_names_the_members_its_function_reads() {
        for (FunctionDescription each : DESCRIPTIONS) {
            assertThat(each.input())
                    .as(each.name())
                    .extracting(FunctionDescription.Member::name)
                    .containsExactlyInAnyOrderElementsOf(function(each).fields());
        }
    }

    @Test
    void every_error_that_is_named_is_in_the_catalogue() {
        Set<String> codes =
                Arrays.stream(ProblemCode.values()).map(ProblemCode::code).collect(Collectors.toSet());

        assertThat(codes).containsAll(DESCRIPTION.errors());
        assertThat(DESCRIPTIONS).allSatisfy(each -> assertThat(codes).containsAll(each.errors()));
    }

    @Test
    void every_shape_is_named_by_a_member_and_every_name_has_a_shape() {
        List<String> named = Stream.concat(
                        DESCRIPTIONS.stream().flatMap(each -> Stream.of(each.input(), each.answer())),
                        DESCRIPTION.shapes().stream().map(FunctionDescription.Shape::members))
                .flatMap(List::stream)
                .map(member -> member.type().replace("array of ", ""))
                .filter(type -> Character.isUpperCase(type.charAt(0)))
                .distinct()
                .toList();

        assertThat(named)
                .containsExactlyInAnyOrderElementsOf(DESCRIPTION.shapes().stream()
                        .map(FunctionDescription.Shape::name)
                        .toList());
    }

    @Test
    void the_page_is_as_the_descriptions_say() {
        Golden.assertUnchanged(
                Path.of("docs", "host-functions.md"),
                new FunctionReference(DESCRIPTION, FUNCTIONS).page().lines().toList());
    }

    private static PlatformFunction function(FunctionDescription description) {
        return Objects.requireNonNull(FUNCTIONS.get(description.name()));
    }
}
