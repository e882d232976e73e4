package org.storysign.plugins.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.kit.FakePlatform;
import org.storysign.plugins.kit.Golden;
import org.storysign.plugins.permission.PermissionName;
import org.storysign.plugins.platform.sdk.SdkLanguage;
import org.storysign.plugins.platform.sdk.SdkPlatform;
import org.storysign.plugins.problem.ProblemCode;

/** {@code docs/host-functions.md} says what the registered functions are. */
class FunctionReferenceTest {

    private static final PlatformDescription DESCRIPTION = PlatformDescription.read();
    private static final List<FunctionDescription> DESCRIPTIONS = DESCRIPTION.functions();
    private static final Map<String, PlatformFunction> FUNCTIONS = new FakePlatform()
            .functions().stream().collect(Collectors.toMap(PlatformFunction::name, Function.identity()));
    private static final SdkPlatform SDK = SdkPlatform.of(DESCRIPTION, FUNCTIONS.values());

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
                Path.of("docs", "host-functions.md"), page().lines().toList());
    }

    private static PlatformFunction function(FunctionDescription description) {
        return Objects.requireNonNull(FUNCTIONS.get(description.name()));
    }

    private static String page() {
        StringBuilder page = new StringBuilder("""
                # Host functions

                What a plugin imports from `extism:host/user`. Each takes the handle of a block that holds a JSON object and gives the handle of
                another: `{"ok": answer}` or `{"error": {"code", "message"}}`. The plugin, its tenant and the user it works for come from the
                call; nothing in the input can name another plugin or tenant. This page is made from the descriptions that the tests run; the
                calls in each language are those of the [SDKs](../wasm-plugins/sdk), which are made from the same, and run as well.

                """);
        page.append("Every function may also answer %s (`data-invalid`: the input is not such an object).\n"
                .formatted(DESCRIPTION.errors().stream()
                        .map(code -> "`" + code + "`")
                        .collect(Collectors.joining(", "))));
        page.append("""
                A call costs fuel for itself and for each byte in and out, and counts as a host call.

                ## Services

                | service | longest wait of a call | calls by one call of a guest | calls a day, plugin and tenant | waiting at once in a process |
                |---|---|---|---|---|
                """);
        for (PlatformService service : PlatformService.values()) {
            ServiceTerms usual = service.usual();
            page.append("| %s | %d s | %,d | %,d | %d |\n"
                    .formatted(
                            service.publicName(),
                            usual.longestWait().toSeconds(),
                            usual.callsACall(),
                            usual.callsADay(),
                            usual.atOnce()));
        }
        page.append("""

                The operator may set others: `storysign.services.ai.calls-a-day=200`, also `longest-wait`, `calls-a-call` and `at-once`.
                `http_request` belongs to the calling convention and is listed for its terms; the level's own limit of requests applies too.
                """);
        DESCRIPTIONS.stream()
                .sorted(Comparator.comparing(each -> function(each).service()))
                .forEach(each -> page.append(section(each)));
        page.append("\n## Shapes\n");
        DESCRIPTION
                .shapes()
                .forEach(shape -> page.append("\n### %s\n\n%s\n\n%s"
                        .formatted(shape.name(), shape.summary(), table("member", shape.members()))));
        return page.toString();
    }

    private static String section(FunctionDescription each) {
        return "\n## %s\n\n%s%s\n\nNeeds %s. Service `%s`: %,d calls by one call of a guest, each waits at most %d s.%s\n\n%s\n%s\n"
                        + "```json\n%s\n```\n\n```json\n%s\n```\n\n%s"
                .formatted(
                        each.name(),
                        each.summary(),
                        each.note().map(note -> " " + note).orElse(""),
                        permissions(function(each).anyOf()),
                        function(each).service().publicName(),
                        function(each).service().usual().callsACall(),
                        function(each).service().usual().longestWait().toSeconds(),
                        each.errors().isEmpty()
                                ? ""
                                : " May fail with "
                                        + each.errors().stream()
                                                .map(code -> "`" + code + "`")
                                                .collect(Collectors.joining(", "))
                                        + ".",
                        table("input", each.input()),
                        table("answer", each.answer()),
                        each.example().input().toString().replace("PLUGIN_ID", "notes"),
                        "{\"ok\":" + each.example().answer() + "}",
                        calls(each));
    }

    /** The call with the example's input, in every language. */
    private static String calls(FunctionDescription each) {
        return SdkLanguage.all().stream()
                .map(language -> "```%s\n%s\n```\n"
                        .formatted(language.fence(), language.example(SDK, SDK.function(each.name()))))
                .collect(Collectors.joining(
                        "\n",
                        "<details><summary>%s</summary>\n\n"
                                .formatted(SdkLanguage.all().stream()
                                        .map(SdkLanguage::name)
                                        .collect(Collectors.joining(", "))),
                        "\n</details>\n"));
    }

    private static String permissions(Set<PermissionName> anyOf) {
        return anyOf.isEmpty()
                ? "no permission"
                : new TreeSet<>(EnumSet.copyOf(anyOf))
                        .stream().map(name -> "`" + name.publicName() + "`").collect(Collectors.joining(" or "));
    }

    private static String typeWithLink(String type) {
        String last = type.substring(type.lastIndexOf(' ') + 1);
        return Character.isUpperCase(last.charAt(0))
                ? type.replace(last, "[" + last + "](#" + last.toLowerCase(Locale.ROOT) + ")")
                : type;
    }

    private static String table(String title, List<FunctionDescription.Member> members) {
        if (members.isEmpty()) {
            return "";
        }
        return "| " + title + " | type | |\n|---|---|---|\n"
                + members.stream()
                        .map(member -> "| `%s`%s | %s | %s |\n"
                                .formatted(
                                        member.name(),
                                        member.required() ? " (required)" : "",
                                        typeWithLink(member.type()),
                                        member.about()))
                        .collect(Collectors.joining());
    }
}
