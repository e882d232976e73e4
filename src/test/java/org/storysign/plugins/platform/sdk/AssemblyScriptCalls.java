package org.storysign.plugins.platform.sdk;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Collectors;
import org.storysign.plugins.platform.FunctionDescription.Member;
import org.storysign.plugins.platform.sdk.MemberType.ListOf;
import org.storysign.plugins.platform.sdk.MemberType.Named;
import org.storysign.plugins.platform.sdk.MemberType.Plain;

/** The module of calls in AssemblyScript. */
record AssemblyScriptCalls(SdkPlatform platform) {

    String source() {
        StringBuilder source = new StringBuilder("""
                // A call of every function: with the example of the reference page, and with everything that its input can have.
                // Made from src/main/resources/platform/host-functions.json; a test keeps it so.

                import * as sdk from "storysign-sdk";

                export * from "./hooks";

                /** What the platform answered, as the SDK has read it. */
                function told(answer: string | null, problem: sdk.Problem | null): i32 {
                  const output = new sdk.JsonObject();
                  if (problem) {
                    const error = new sdk.JsonObject().text("code", problem.code).text("message", problem.message);
                    return sdk.output(output.json("error", error.toString()).toString());
                  }
                  return sdk.output(output.json("ok", answer === null ? "null" : answer).toString());
                }

                function textOrNull(text: string | null): string {
                  return text === null ? "null" : sdk.quoted(text);
                }
                """);
        platform.shapes().stream()
                .filter(shape -> !platform.isInput(shape))
                .forEach(shape -> source.append(writer(shape.name(), shape.members())));
        for (SdkFunction function : platform.functions()) {
            String type = Words.upperCamel(function.name());
            source.append(writer(type + "Answer", function.description().answer()));
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

    /** {@code new sdk.StorageGet("best-score").call()}. */
    String example(SdkFunction function) {
        return expression(function, Examples.input(function));
    }

    /** A function that writes an answer as JSON, from its fields. */
    private static String writer(String type, List<Member> members) {
        StringBuilder source =
                new StringBuilder("\nfunction write%s(answer: sdk.%s): string {\n".formatted(type, type));
        source.append("  return new sdk.JsonObject()\n");
        for (Member member : members) {
            source.append("    .%s\n".formatted(writing(member, "answer." + Words.lowerCamel(member.name()))));
        }
        return source.append("    .toString();\n}\n").toString();
    }

    private static String writing(Member member, String value) {
        MemberType type = MemberType.parse(member.type());
        if (member.nullable()) {
            return "json(\"" + member.name() + "\", textOrNull(" + value + "))";
        }
        if (type instanceof ListOf(Named(String shape))) {
            return "json(\"%s\", sdk.array(%s.map<string>((each: sdk.%s): string => write%s(each))))"
                    .formatted(member.name(), value, shape, shape);
        }
        return AssemblyScriptSdk.writing(type, member.name(), value)
                .replace("numberLists(", "sdk.numberLists(")
                .replace("texts(", "sdk.texts(");
    }

    private static String call(SdkFunction function, String suffix, String expression) {
        return """

                export function %s%s(): i32 {
                  const result = %s;
                  const answer = result.answer;
                  return told(answer ? write%sAnswer(answer) : null, result.problem);
                }
                """.formatted(
                        function.name(), suffix, expression.replace("\n", "\n  "), Words.upperCamel(function.name()));
    }

    private String expression(SdkFunction function, JsonNode input) {
        return object(Words.upperCamel(function.name()), function.description().input(), input) + ".call()";
    }

    private String object(String type, List<Member> members, JsonNode input) {
        String required = members.stream()
                .filter(Member::required)
                .map(member -> literal(member, input))
                .collect(Collectors.joining(", "));
        return "new sdk." + type + "(" + required + ")"
                + members.stream()
                        .filter(member -> !member.required() && input.has(member.name()))
                        .map(member -> "." + Words.lowerCamel(member.name()) + "(" + literal(member, input) + ")")
                        .collect(Collectors.joining());
    }

    private String literal(Member member, JsonNode input) {
        return literal(MemberType.parse(member.type()), input.path(member.name()));
    }

    private String literal(MemberType type, JsonNode value) {
        return switch (type) {
            case Plain plain ->
                switch (plain) {
                    case OBJECT, ANY -> "'" + JsonLiteral.of(value).replace("\\", "\\\\") + "'";
                    default -> value.toString();
                };
            case ListOf list -> {
                if (JsonLiteral.repeats(value)) {
                    String element = literal(list.element(), value.get(0));
                    yield "new Array<f64[]>(" + value.size() + ").fill(" + element + ")";
                }
                yield JsonLiteral.elements(value).stream()
                        .map(each -> literal(list.element(), each))
                        .collect(Collectors.joining(", ", "[", "]"));
            }
            case Named named ->
                object(named.shape(), platform.shape(named.shape()).members(), value);
        };
    }
}
