package org.storysign.plugins.platform.sdk;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Collectors;
import org.storysign.plugins.platform.FunctionDescription.Member;
import org.storysign.plugins.platform.sdk.MemberType.ListOf;
import org.storysign.plugins.platform.sdk.MemberType.Named;
import org.storysign.plugins.platform.sdk.MemberType.Plain;

/** The module of calls in C. */
record CCalls(SdkPlatform platform) {

    private static final int WIDTH = 100;

    String source() {
        StringBuilder source = new StringBuilder("""
                /* A call of every function: with the example of the reference page, and with everything that its input can have.
                   Made from src/main/resources/platform/host-functions.json; a test keeps it so. */
                #include "storysign.h"

                /** What the platform answered, as the SDK has read it. */
                static int32_t told(ss_problem problem, json answer) {
                    ss_writer output = json_object();
                    if (ss_failed(problem)) {
                        ss_writer error = json_object();
                        json_put_text(&error, "code", problem.code);
                        json_put_text(&error, "message", problem.message);
                        json_put(&output, "error", json_closed(&error));
                    } else {
                        json_put(&output, "ok", answer);
                    }
                    return ss_output(json_raw(json_closed(&output)));
                }

                static void put_text_or_null(ss_writer *object, const char *name, ss_text text) {
                    if (text.bytes == 0) {
                        json_put(object, name, SS_JSON(null));
                    } else {
                        json_put_text(object, name, text);
                    }
                }

                static json write_texts(ss_text_list list) {
                    ss_writer array = json_array();
                    for (uint32_t at = 0; at < list.count; at++) json_push_text(&array, list.at[at]);
                    return json_ended(&array);
                }
                """);
        platform.shapes().stream()
                .filter(shape -> !platform.isInput(shape))
                .forEach(shape -> source.append(listWriter(CSdk.shapeName(shape.name()), shape.members())));
        for (SdkFunction function : platform.functions()) {
            source.append(told(function));
            source.append(call(function, "_example", example(function)));
            source.append(call(
                    function,
                    "_full",
                    expression(
                            function,
                            new Samples(platform).of(function.description().input()))));
        }
        return source.toString();
    }

    /** {@code ss_storage_get((ss_storage_get_input) {.key = SS_TEXT("best-score")})}. */
    String example(SdkFunction function) {
        return expression(function, Examples.input(function));
    }

    private static String call(SdkFunction function, String suffix, String expression) {
        return """

                EXTISM_EXPORT("%s%s") %s%s(void) {
                    return %s_told(%s);
                }
                """.formatted(
                function.name(), suffix, function.name(), suffix, function.name(), expression.replace("\n", "\n    "));
    }

    private static String told(SdkFunction function) {
        StringBuilder source = new StringBuilder();
        source.append("\nstatic int32_t %s_told(ss_%s_answer answer) {\n".formatted(function.name(), function.name()));
        if (function.description().nullable()) {
            source.append("    if (!ss_failed(answer.problem) && !answer.is_found) "
                    + "return told(answer.problem, SS_JSON(null));\n");
        }
        source.append("    ss_writer object = json_object();\n");
        function.description().answer().forEach(member -> source.append("    " + put(member, "answer")));
        return source.append("    return told(answer.problem, json_closed(&object));\n}\n")
                .toString();
    }

    private static String listWriter(String type, List<Member> members) {
        StringBuilder source = new StringBuilder();
        source.append("\nstatic json write_%s_list(%s_list list) {\n".formatted(type, type));
        source.append("    ss_writer array = json_array();\n");
        source.append("    for (uint32_t at = 0; at < list.count; at++) {\n");
        source.append("        ss_writer object = json_object();\n");
        members.forEach(member -> source.append("        " + put(member, "list.at[at]")));
        source.append("        json_push(&array, json_closed(&object));\n    }\n");
        return source.append("    return json_ended(&array);\n}\n").toString();
    }

    private static String put(Member member, String object) {
        String value = object + "." + member.name();
        String put = "(&object, \"" + member.name() + "\", ";
        return switch (MemberType.parse(member.type())) {
                    case Plain plain ->
                        switch (plain) {
                            case STRING -> (member.nullable() ? "put_text_or_null" : "json_put_text") + put + value;
                            case INTEGER -> "json_put_integer" + put + value;
                            case NUMBER -> "json_put_number" + put + value;
                            case BOOLEAN -> "json_put_boolean" + put + value;
                            case OBJECT, ANY -> "json_put" + put + value;
                        };
                    case ListOf(ListOf element) -> "json_put" + put + "ss_write_number_lists(" + value + ")";
                    case ListOf(Named element) ->
                        "json_put" + put + "write_" + CSdk.shapeName(element.shape()) + "_list(" + value + ")";
                    default -> "json_put" + put + "write_texts(" + value + ")";
                }
                + ");\n";
    }

    private String expression(SdkFunction function, JsonNode input) {
        String name = "ss_" + function.name();
        List<String> fields = fields(function.description().input(), input);
        String line = "{" + String.join(", ", fields) + "}";
        return name + "((" + name + "_input) "
                + (line.length() <= WIDTH - 2 * name.length()
                        ? line
                        : "{\n    " + String.join(",\n    ", fields) + ",\n}")
                + ")";
    }

    private List<String> fields(List<Member> members, JsonNode input) {
        return members.stream()
                .filter(member -> input.has(member.name()))
                .map(member -> "." + member.name() + " = " + literal(member, input.path(member.name())))
                .toList();
    }

    private String literal(Member member, JsonNode value) {
        MemberType type = MemberType.parse(member.type());
        String literal = literal(type, value);
        if (member.required()) {
            return literal;
        }
        return switch (type) {
            case Plain plain when plain == Plain.INTEGER -> "SS_INTEGER(" + literal + ")";
            case Plain plain when plain == Plain.NUMBER -> "SS_NUMBER(" + literal + ")";
            default -> literal;
        };
    }

    private String literal(MemberType type, JsonNode value) {
        return switch (type) {
            case Plain plain ->
                switch (plain) {
                    case STRING -> "SS_TEXT(" + value + ")";
                    case OBJECT, ANY -> "SS_JSON(" + JsonLiteral.of(value) + ")";
                    default -> value.toString();
                };
            case ListOf list -> {
                String element = elementType(list.element());
                if (JsonLiteral.repeats(value)) {
                    String last = Integer.toString(value.size() - 1);
                    yield "{(%s[]) {[0 ... %s] = %s}, %d}"
                            .formatted(element, last, literal(list.element(), value.get(0)), value.size());
                }
                yield JsonLiteral.elements(value).stream()
                        .map(each -> literal(list.element(), each))
                        .collect(Collectors.joining(", ", "{(" + element + "[]) {", "}, " + value.size() + "}"));
            }
            case Named named ->
                "{" + String.join(", ", fields(platform.shape(named.shape()).members(), value)) + "}";
        };
    }

    private static String elementType(MemberType type) {
        return switch (type) {
            case Plain plain ->
                switch (plain) {
                    case STRING -> "ss_text";
                    case NUMBER -> "double";
                    default -> "json";
                };
            case ListOf list -> CSdk.listType(list);
            case Named named -> CSdk.shapeName(named.shape());
        };
    }
}
