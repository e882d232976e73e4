package org.storysign.plugins.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.kit.FakePlatform;
import org.storysign.plugins.kit.Golden;
import org.storysign.plugins.permission.PermissionName;
import org.storysign.plugins.problem.ProblemCode;

/** {@code docs/host-functions.md} says what the registered functions are. */
class FunctionReferenceTest {

    private static final List<FunctionDescription> DESCRIPTIONS = FunctionDescription.all();
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

        assertThat(DESCRIPTIONS).allSatisfy(each -> assertThat(codes).containsAll(each.errors()));
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
                call; nothing in the input can name another plugin or tenant. This page is made from the descriptions that the tests run.

                Every function may also answer `data-invalid` (the input is not such an object), `permission-denied`, `quota-exceeded`,
                `service-busy`, `service-timeout` and `database-unavailable`. A call costs fuel for itself and for each byte in and out, and counts
                as a host call.

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
        return page.toString();
    }

    private static String section(FunctionDescription each) {
        return "\n## %s\n\n%s%s\n\nNeeds %s. Service `%s`.%s\n\n%s\n%s\n```json\n%s\n```\n\n```json\n%s\n```\n"
                .formatted(
                        each.name(),
                        each.summary(),
                        each.note().map(note -> " " + note).orElse(""),
                        permissions(function(each).anyOf()),
                        function(each).service().publicName(),
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
                        "{\"ok\":" + each.example().answer() + "}");
    }

    private static String permissions(Set<PermissionName> anyOf) {
        return anyOf.isEmpty()
                ? "no permission"
                : new TreeSet<>(EnumSet.copyOf(anyOf))
                        .stream().map(name -> "`" + name.publicName() + "`").collect(Collectors.joining(" or "));
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
                                        member.type(),
                                        member.about()))
                        .collect(Collectors.joining());
    }
}
