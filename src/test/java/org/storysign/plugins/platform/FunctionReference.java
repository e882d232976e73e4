package org.storysign.plugins.platform;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.storysign.plugins.permission.PermissionName;
import org.storysign.plugins.platform.FunctionDescription.Member;
import org.storysign.plugins.platform.FunctionDescription.Shape;
import org.storysign.plugins.platform.sdk.SdkLanguage;
import org.storysign.plugins.platform.sdk.SdkPlatform;

/**
 * The page {@code docs/host-functions.md}.
 *
 * @param registered the functions by their names
 */
record FunctionReference(PlatformDescription description, Map<String, PlatformFunction> registered) {

    private static final String INTRODUCTION = """
            # Host functions

            What a plugin imports from `extism:host/user`. Each takes the handle of a block that holds a JSON object and gives the handle of
            another: `{"ok": answer}` or `{"error": {"code", "message"}}`. The plugin, its tenant and the user it works for come from the
            call; nothing in the input can name another plugin or tenant. This page is made from the descriptions that the tests run; the
            calls it shows are those of the [SDKs](../wasm-plugins/sdk), which are made from the same, and run as well.

            Besides what is said below, every function may answer %s. `data-invalid` means
            that the input is not as described. A call costs fuel for itself and for each byte in and out, and counts as a host call.

            ## Services

            | service | longest wait of a call | calls by one call of a guest | calls a day, plugin and tenant | waiting at once in a process |
            |---|---|---|---|---|
            """;

    private static final String AFTER_SERVICES = """

            The operator may set others: `storysign.services.ai.calls-a-day=200`, also `longest-wait`, `calls-a-call` and `at-once`.
            `http_request` belongs to the calling convention and `files` are reached through WASI: both are listed for their terms. The level's own
            limit of requests applies to the first, too.
            """;

    String page() {
        StringBuilder page = new StringBuilder(INTRODUCTION.formatted(codes(description.errors())));
        for (PlatformService service : PlatformService.values()) {
            page.append(row(service.publicName(), service.usual()));
        }
        page.append(AFTER_SERVICES);
        description.functions().stream()
                .sorted(Comparator.comparing(each -> function(each).service()))
                .forEach(each -> page.append(section(each)));
        page.append("\n## Shapes\n");
        description.shapes().forEach(shape -> page.append(section(shape)));
        return page.toString();
    }

    private static String row(String service, ServiceTerms usual) {
        return "| %s | %d s | %,d | %,d | %d |\n"
                .formatted(
                        service,
                        usual.longestWait().toSeconds(),
                        usual.callsACall(),
                        usual.callsADay(),
                        usual.atOnce());
    }

    private String section(FunctionDescription each) {
        return """

                ## %s

                %s%s

                %s

                %s
                %s
                ```json
                %s
                ```

                ```json
                {"ok":%s}
                ```

                %s""".formatted(
                        each.name(),
                        each.summary(),
                        each.note().map(note -> " " + note).orElse(""),
                        terms(each),
                        table("input", each.input()),
                        table("answer", each.answer()),
                        each.example().input().toString().replace("PLUGIN_ID", "notes"),
                        each.example().answer(),
                        calls(each.name()));
    }

    /** What it needs, how often it may be called and what it may fail with. */
    private String terms(FunctionDescription each) {
        ServiceTerms usual = function(each).service().usual();
        String terms = "Needs %s. Service `%s`: %,d calls by one call of a guest, each waits at most %d s."
                .formatted(
                        permissions(function(each).anyOf()),
                        function(each).service().publicName(),
                        usual.callsACall(),
                        usual.longestWait().toSeconds());
        return each.errors().isEmpty() ? terms : terms + " May fail with " + codes(each.errors()) + ".";
    }

    /** The call with the example's input, in every language. */
    private String calls(String function) {
        SdkPlatform sdk = SdkPlatform.of(description, registered.values());
        return SdkLanguage.all().stream()
                .map(language ->
                        "```%s\n%s\n```\n".formatted(language.fence(), language.example(sdk, sdk.function(function))))
                .collect(Collectors.joining(
                        "\n",
                        "<details><summary>%s</summary>\n\n"
                                .formatted(SdkLanguage.all().stream()
                                        .map(SdkLanguage::name)
                                        .collect(Collectors.joining(" · "))),
                        "\n</details>\n"));
    }

    private static String section(Shape shape) {
        return "\n### %s\n\n%s\n\n%s".formatted(shape.name(), shape.summary(), table("member", shape.members()));
    }

    private PlatformFunction function(FunctionDescription described) {
        return Objects.requireNonNull(registered.get(described.name()));
    }

    private static String codes(List<String> codes) {
        return codes.stream().map(code -> "`" + code + "`").collect(Collectors.joining(", "));
    }

    private static String permissions(Set<PermissionName> anyOf) {
        return anyOf.isEmpty()
                ? "no permission"
                : new TreeSet<>(anyOf)
                        .stream().map(name -> "`" + name.publicName() + "`").collect(Collectors.joining(" or "));
    }

    private static String table(String title, List<Member> members) {
        return "| " + title + " | type | |\n|---|---|---|\n"
                + members.stream()
                        .map(member -> "| `%s`%s | %s | %s |\n"
                                .formatted(
                                        member.name(),
                                        member.required() ? " (required)" : "",
                                        linked(member.type()),
                                        member.about()))
                        .collect(Collectors.joining());
    }

    /** The name of a shape leads to it. */
    private static String linked(String type) {
        String last = type.substring(type.lastIndexOf(' ') + 1);
        return Character.isUpperCase(last.charAt(0))
                ? type.replace(last, "[" + last + "](#" + last.toLowerCase(Locale.ROOT) + ")")
                : type;
    }
}
