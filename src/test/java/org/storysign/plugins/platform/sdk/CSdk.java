package org.storysign.plugins.platform.sdk;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.storysign.plugins.platform.FunctionDescription.Member;
import org.storysign.plugins.platform.FunctionDescription.Shape;

/** C: a struct for each input and each answer, a function for each function; what writes and reads them is in {@link CBodies}. */
final class CSdk implements SdkLanguage {

    private static final int WIDTH = 130;

    @Override
    public String name() {
        return "C";
    }

    @Override
    public String fence() {
        return "c";
    }

    @Override
    public Map<Path, String> files(SdkPlatform platform) {
        Path sdk = Path.of("wasm-plugins", "sdk");
        return Map.of(
                sdk.resolve("c/functions.h"),
                header(platform),
                sdk.resolve("c/functions.c"),
                new CBodies(platform).source(),
                sdk.resolve("calls/c/src/calls.c"),
                new CCalls(platform).source());
    }

    @Override
    public String example(SdkPlatform platform, SdkFunction function) {
        return new CCalls(platform).example(function);
    }

    /** {@code ContentItem} → {@code ss_content_item}. */
    static String shapeName(String shape) {
        return "ss_" + shape.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }

    private static String header(SdkPlatform platform) {
        StringBuilder source = new StringBuilder("""
                /* The functions of the platform. Made from src/main/resources/platform/host-functions.json; a test keeps it so. */
                #ifndef STORYSIGN_FUNCTIONS_H
                #define STORYSIGN_FUNCTIONS_H

                #include "call.h"

                /* What a problem may be: its code. */
                """);
        platform.codes()
                .forEach(code -> source.append("#define SS_CODE_%s \"%s\"\n".formatted(Words.constant(code), code)));
        for (Shape shape : platform.shapes()) {
            String name = shapeName(shape.name());
            source.append('\n').append(doc(List.of(shape.summary())));
            source.append(struct(name, shape.members(), platform.isInput(shape), ""));
            source.append("SS_LIST(%s, %s_list);\n".formatted(name, name));
        }
        platform.functions().forEach(function -> source.append(function(function)));
        return source.append("\n#endif\n").toString();
    }

    private static String function(SdkFunction function) {
        String name = "ss_" + function.name();
        String found = function.description().nullable()
                ? "    /** Whether there is one; the rest says nothing otherwise. */\n    bool is_found;\n"
                : "";
        List<String> remarks = new java.util.ArrayList<>(function.remarks());
        remarks.addFirst(function.description().summary());
        return "\n/** What `%s` takes. */\n".formatted(name)
                + struct(name + "_input", function.description().input(), true, "")
                + "\n/** What `%s` answers. */\n".formatted(name)
                + struct(name + "_answer", function.description().answer(), false, "    ss_problem problem;\n" + found)
                + "\n" + doc(remarks)
                + "%s_answer %s(%s_input input);\n".formatted(name, name, name);
    }

    private static String struct(String name, List<Member> members, boolean input, String before) {
        StringBuilder source = new StringBuilder("typedef struct {\n" + before);
        for (Member member : members) {
            String about = member.about() + (input && member.required() ? " (required)" : "");
            source.append("    "
                            + Words.wrapped("     * ", Words.capitalised(about) + ".", WIDTH)
                                    .strip())
                    .append('\n');
            source.append("    %s %s;\n"
                    .formatted(type(MemberType.parse(member.type()), input && !member.required()), member.name()));
        }
        return asComments(source.append("} " + name + ";\n").toString());
    }

    /** Lines that begin with a star become comments. */
    private static String asComments(String source) {
        return source.replaceAll("(?m)^    \\* (.*(?:\\n     \\* .*)*)$", "    /** $1 */");
    }

    private static String type(MemberType type, boolean optional) {
        return switch (type) {
            case MemberType.Plain plain ->
                switch (plain) {
                    case STRING -> "ss_text";
                    case INTEGER -> optional ? "ss_optional_integer" : "int64_t";
                    case NUMBER -> optional ? "ss_optional_number" : "double";
                    case BOOLEAN -> "bool";
                    case OBJECT, ANY -> "json";
                };
            case MemberType.ListOf list -> listType(list);
            case MemberType.Named named -> shapeName(named.shape());
        };
    }

    static String listType(MemberType.ListOf list) {
        return switch (list.element()) {
            case MemberType.Plain plain ->
                switch (plain) {
                    case STRING -> "ss_text_list";
                    case NUMBER -> "ss_number_list";
                    default -> "json_list";
                };
            case MemberType.ListOf inner -> "ss_number_lists";
            case MemberType.Named named -> shapeName(named.shape()) + "_list";
        };
    }

    private static String doc(List<String> paragraphs) {
        if (paragraphs.size() == 1) {
            return "/** " + paragraphs.getFirst() + " */\n";
        }
        return "/**\n"
                + paragraphs.stream()
                        .map(paragraph -> Words.wrapped(" * ", paragraph, WIDTH))
                        .collect(Collectors.joining(" *\n"))
                + " */\n";
    }
}
