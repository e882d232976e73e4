package org.storysign.plugins.platform.sdk;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.storysign.plugins.platform.FunctionDescription.Member;
import org.storysign.plugins.platform.FunctionDescription.Shape;
import org.storysign.plugins.platform.sdk.MemberType.ListOf;
import org.storysign.plugins.platform.sdk.MemberType.Named;
import org.storysign.plugins.platform.sdk.MemberType.Plain;

/** AssemblyScript: a class for each input, which is built, sent and then answered, and one for each answer. */
final class AssemblyScriptSdk implements SdkLanguage {

    private static final int WIDTH = 130;

    @Override
    public String name() {
        return "AssemblyScript";
    }

    @Override
    public String fence() {
        return "ts";
    }

    @Override
    public Map<Path, String> files(SdkPlatform platform) {
        return Map.of(
                Path.of("wasm-plugins", "sdk", "assemblyscript", "functions.ts"),
                functions(platform),
                Path.of("wasm-plugins", "sdk", "calls", "assemblyscript", "assembly", "index.ts"),
                new AssemblyScriptCalls(platform).source());
    }

    @Override
    public String example(SdkPlatform platform, SdkFunction function) {
        return new AssemblyScriptCalls(platform).example(function);
    }

    private static String functions(SdkPlatform platform) {
        StringBuilder source = new StringBuilder("""
                // The functions of the platform. Made from src/main/resources/platform/host-functions.json; a test keeps it so.

                import { Result, list, read } from "./call";
                import { block } from "./host";
                import { Json, JsonObject, array, numberLists, objects } from "./json";

                /** What a problem may be: its code. */
                export class Code {
                """);
        platform.codes()
                .forEach(code -> source.append(
                        "  static readonly %s: string = \"%s\";\n".formatted(Words.constant(code), code)));
        source.append("}\n");
        for (Shape shape : platform.shapes()) {
            source.append('\n').append(doc("", List.of(shape.summary())));
            source.append(
                    platform.isInput(shape)
                            ? input(shape.name(), shape.members(), "")
                            : answer(shape.name(), shape.members()));
        }
        platform.functions().forEach(function -> source.append(function(function)));
        return source.toString();
    }

    private static String function(SdkFunction function) {
        String type = Words.upperCamel(function.name());
        StringBuilder source = new StringBuilder("\n// @ts-ignore: decorator\n");
        source.append("@external(\"extism:host/user\", \"%s\")\n".formatted(function.name()));
        source.append("declare function %s(input: u64): u64;\n".formatted(function.name()));
        source.append("\n/** What `%s` answers. */\n".formatted(type))
                .append(answer(type + "Answer", function.description().answer()));
        List<String> remarks = new java.util.ArrayList<>(function.remarks());
        remarks.addFirst(function.description().summary());
        source.append('\n').append(doc("", remarks));
        return source.append(input(type, function.description().input(), """

                  call(): Result<%sAnswer> {
                    const input = block(this.toString());
                    return read<%sAnswer>(input, %s(input), %s);
                  }
                """.formatted(
                        type, type, function.name(), function.description().nullable())))
                .toString();
    }

    private static String input(String type, List<Member> members, String call) {
        List<Member> required = members.stream().filter(Member::required).toList();
        StringBuilder source = new StringBuilder("export class " + type + " {\n");
        source.append("  private input: JsonObject = new JsonObject();\n");
        if (!required.isEmpty()) {
            source.append('\n')
                    .append(doc(
                            "  ",
                            required.stream()
                                    .map(member -> "`" + Words.lowerCamel(member.name()) + "`: " + member.about() + ".")
                                    .toList()))
                    .append("  constructor(%s) {\n"
                            .formatted(required.stream()
                                    .map(AssemblyScriptSdk::parameter)
                                    .collect(Collectors.joining(", "))));
            required.forEach(member -> source.append("    this.input." + writing(member) + ";\n"));
            source.append("  }\n");
        }
        for (Member member : members) {
            if (!member.required()) {
                source.append('\n')
                        .append(doc("  ", List.of(Words.capitalised(member.about()) + ".")))
                        .append("  %s(%s): %s {\n".formatted(Words.lowerCamel(member.name()), parameter(member), type))
                        .append("    this.input." + writing(member) + ";\n    return this;\n  }\n");
            }
        }
        source.append("\n  toString(): string {\n    return this.input.toString();\n  }\n");
        return source.append(call).append("}\n").toString();
    }

    private static String parameter(Member member) {
        return Words.lowerCamel(member.name()) + ": " + type(MemberType.parse(member.type()));
    }

    private static String writing(Member member) {
        return writing(MemberType.parse(member.type()), member.name(), Words.lowerCamel(member.name()));
    }

    /** {@code text("key", key)}. */
    static String writing(MemberType type, String name, String value) {
        return switch (type) {
            case Plain plain -> method(plain) + "(\"" + name + "\", " + value + ")";
            case ListOf(Plain element) when element == Plain.ANY -> "json(\"" + name + "\", array(" + value + "))";
            case ListOf(Plain element) when element == Plain.STRING -> "json(\"" + name + "\", texts(" + value + "))";
            case ListOf(ListOf element) -> "json(\"" + name + "\", numberLists(" + value + "))";
            case ListOf(Named element) -> "json(\"" + name + "\", objects(" + value + "))";
            default -> throw new IllegalStateException("no way to write " + type);
        };
    }

    private static String method(Plain type) {
        return switch (type) {
            case STRING -> "text";
            case INTEGER -> "integer";
            case NUMBER -> "number";
            case BOOLEAN -> "boolean";
            case OBJECT, ANY -> "json";
        };
    }

    private static String answer(String type, List<Member> members) {
        StringBuilder source = new StringBuilder("export class " + type + " {\n");
        for (Member member : members) {
            String held = type(MemberType.parse(member.type()));
            source.append(doc("  ", List.of(Words.capitalised(member.about()) + ".")))
                    .append("  %s: %s;\n"
                            .formatted(Words.lowerCamel(member.name()), held + (member.nullable() ? " | null" : "")));
        }
        source.append("\n  constructor(json: Json) {\n");
        for (Member member : members) {
            source.append("    this.%s = %s;\n"
                    .formatted(
                            Words.lowerCamel(member.name()),
                            reading(member, "json.member(\"" + member.name() + "\")")));
        }
        return source.append("  }\n}\n").toString();
    }

    private static String reading(Member member, String json) {
        return switch (MemberType.parse(member.type())) {
            case Plain plain when plain == Plain.STRING && member.nullable() -> json + ".textOrNull";
            case Plain plain -> json + "." + (plain == Plain.OBJECT || plain == Plain.ANY ? "raw" : method(plain));
            case ListOf(Plain element) when element == Plain.STRING -> json + ".texts";
            case ListOf(ListOf element) -> json + ".numberLists";
            case ListOf(Named element) -> "list<" + element.shape() + ">(" + json + ")";
            default -> throw new IllegalStateException("no way to read " + member.type());
        };
    }

    private static String type(MemberType type) {
        return switch (type) {
            case Plain plain ->
                switch (plain) {
                    case STRING, OBJECT, ANY -> "string";
                    case INTEGER -> "i64";
                    case NUMBER -> "f64";
                    case BOOLEAN -> "bool";
                };
            case ListOf list -> type(list.element()) + "[]";
            case Named named -> named.shape();
        };
    }

    /** A comment of some paragraphs. */
    private static String doc(String indent, List<String> paragraphs) {
        String line = indent + "/** " + paragraphs.getFirst() + " */\n";
        if (paragraphs.size() == 1 && line.length() <= WIDTH) {
            return line;
        }
        return indent + "/**\n"
                + paragraphs.stream()
                        .map(paragraph -> Words.wrapped(indent + " * ", paragraph, WIDTH))
                        .collect(Collectors.joining(indent + " *\n"))
                + indent + " */\n";
    }
}
