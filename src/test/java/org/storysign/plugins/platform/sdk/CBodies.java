package org.storysign.plugins.platform.sdk;

import java.util.List;
import org.storysign.plugins.platform.FunctionDescription.Member;
import org.storysign.plugins.platform.FunctionDescription.Shape;
import org.storysign.plugins.platform.sdk.MemberType.ListOf;
import org.storysign.plugins.platform.sdk.MemberType.Named;
import org.storysign.plugins.platform.sdk.MemberType.Plain;

/** What writes inputs and reads answers in C. */
record CBodies(SdkPlatform platform) {

    String source() {
        StringBuilder source = new StringBuilder("""
                /* The functions of the platform. Made from src/main/resources/platform/host-functions.json; a test keeps it so. */
                #include "functions.h"
                """);
        for (Shape shape : platform.shapes()) {
            source.append(platform.isInput(shape) ? writer(shape) : reader(shape));
        }
        platform.functions().forEach(function -> source.append(function(function)));
        return source.toString();
    }

    private static String function(SdkFunction function) {
        String name = function.name();
        StringBuilder source = new StringBuilder();
        source.append("\nEXTISM_USER(\"%s\") extism_handle import_%s(extism_handle input);\n".formatted(name, name));
        source.append("\nss_%s_answer ss_%s(ss_%s_input input) {\n".formatted(name, name, name));
        source.append("    ss_writer object = json_object();\n");
        function.description()
                .input()
                .forEach(member -> source.append("    ")
                        .append(member.required() ? "" : "if (" + isGiven(member, "input." + member.name()) + ") ")
                        .append(put(member, "input." + member.name(), !member.required())));
        source.append("    extism_handle given = ss_give(&object);\n");
        source.append("    ss_answer answer = ss_receive(given, import_%s(given), %s);\n"
                .formatted(name, function.description().nullable()));
        source.append("    return (ss_%s_answer) {\n        .problem = answer.problem,\n".formatted(name));
        if (function.description().nullable()) {
            source.append("        .is_found = json_is_object(answer.ok),\n");
        }
        source.append(fields("        ", function.description().answer(), "answer.ok"));
        return source.append("    };\n}\n").toString();
    }

    private static String writer(Shape shape) {
        String type = CSdk.shapeName(shape.name());
        StringBuilder source = new StringBuilder();
        source.append("\nstatic json write_%s_list(%s_list list) {\n".formatted(type, type));
        source.append("    ss_writer array = json_array();\n");
        source.append("    for (uint32_t at = 0; at < list.count; at++) {\n");
        source.append("        ss_writer object = json_object();\n");
        shape.members()
                .forEach(
                        member -> source.append("        ").append(put(member, "list.at[at]." + member.name(), false)));
        source.append("        json_push(&array, json_closed(&object));\n    }\n");
        return source.append("    return json_ended(&array);\n}\n").toString();
    }

    private static String reader(Shape shape) {
        String type = CSdk.shapeName(shape.name());
        return "\nstatic %s_list read_%s_list(json array) {\n".formatted(type, type)
                + "    %s *items = ss_take(json_count(array) * sizeof *items);\n".formatted(type)
                + "    uint32_t count = 0;\n"
                + "    for (json each = {0, 0}; json_next(array, &each);) {\n"
                + "        items[count++] = (%s) {\n".formatted(type)
                + fields("            ", shape.members(), "each")
                + "        };\n    }\n    return (%s_list) {items, count};\n}\n".formatted(type);
    }

    private static String fields(String indent, List<Member> members, String object) {
        StringBuilder source = new StringBuilder();
        members.forEach(member -> source.append("%s.%s = %s,\n"
                .formatted(
                        indent,
                        member.name(),
                        reading(
                                MemberType.parse(member.type()),
                                "json_member(%s, \"%s\")".formatted(object, member.name())))));
        return source.toString();
    }

    private static String reading(MemberType type, String json) {
        return switch (type) {
            case Plain plain ->
                switch (plain) {
                    case STRING -> "json_text(" + json + ")";
                    case INTEGER -> "json_integer(" + json + ")";
                    case NUMBER -> "json_number(" + json + ")";
                    case BOOLEAN -> "json_boolean(" + json + ")";
                    case OBJECT, ANY -> json;
                };
            case ListOf(Plain element) when element == Plain.STRING -> "ss_read_texts(" + json + ")";
            case ListOf(ListOf element) -> "ss_read_number_lists(" + json + ")";
            case ListOf(Named element) -> "read_" + CSdk.shapeName(element.shape()) + "_list(" + json + ")";
            default -> throw new IllegalStateException("no way to read " + type);
        };
    }

    private static String isGiven(Member member, String value) {
        return switch (MemberType.parse(member.type())) {
            case Plain plain ->
                switch (plain) {
                    case STRING -> value + ".bytes != 0";
                    case INTEGER, NUMBER -> value + ".is_given";
                    case BOOLEAN -> value;
                    case OBJECT, ANY -> "!json_is_nothing(" + value + ")";
                };
            default -> value + ".count > 0";
        };
    }

    private static String put(Member member, String value, boolean optional) {
        String put = "(&object, \"" + member.name() + "\", ";
        return switch (MemberType.parse(member.type())) {
                    case Plain plain ->
                        switch (plain) {
                            case STRING -> "json_put_text" + put + value;
                            case INTEGER -> "json_put_integer" + put + value + (optional ? ".value" : "");
                            case NUMBER -> "json_put_number" + put + value + (optional ? ".value" : "");
                            case BOOLEAN -> "json_put_boolean" + put + value;
                            case OBJECT, ANY -> "json_put" + put + value;
                        };
                    case ListOf(ListOf element) -> "json_put" + put + "ss_write_number_lists(" + value + ")";
                    case ListOf(Named element) ->
                        "json_put" + put + "write_" + CSdk.shapeName(element.shape()) + "_list(" + value + ")";
                    default -> "json_put" + put + "ss_write_jsons(" + value + ")";
                }
                + ");\n";
    }
}
