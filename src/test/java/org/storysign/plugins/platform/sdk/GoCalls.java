package org.storysign.plugins.platform.sdk;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Collectors;
import org.storysign.plugins.platform.FunctionDescription.Member;
import org.storysign.plugins.platform.sdk.MemberType.ListOf;
import org.storysign.plugins.platform.sdk.MemberType.Named;
import org.storysign.plugins.platform.sdk.MemberType.Plain;

/** The module of calls in Go. */
record GoCalls(SdkPlatform platform) {

    private static final int WIDTH = 110;

    String source() {
        StringBuilder source = new StringBuilder("""
                // A call of every function: with the example of the reference page, and with everything that its input can have.
                // Made from src/main/resources/platform/host-functions.json; a test keeps it so.
                package main

                import (
                	"slices"

                	"github.com/extism/go-pdk"
                	"storysign.example/sdk"
                )

                // told gives what the platform answered, as the SDK has read it.
                func told(answer any, err error) int32 {
                	output := map[string]any{"ok": answer}
                	if problem, is := storysign.AsProblem(err); is {
                		output = map[string]any{"error": problem}
                	}
                	if err := pdk.OutputJSON(output); err != nil {
                		pdk.SetError(err)
                		return 1
                	}
                	return 0
                }

                func main() {}
                """);
        for (SdkFunction function : platform.functions()) {
            source.append(call(function.name() + "_example", example(function)));
            source.append(call(
                    function.name() + "_full",
                    expression(
                            function,
                            new Samples(platform).of(function.description().input()))));
        }
        return source.toString();
    }

    /** {@code storysign.StorageGet(storysign.StorageGetInput{Key: "best-score"})}. */
    String example(SdkFunction function) {
        return expression(function, Examples.input(function));
    }

    private static String call(String export, String expression) {
        return """

                //go:wasmexport %s
                func %s() int32 {
                	return told(%s)
                }
                """.formatted(export, Words.lowerCamel(export), expression.replace("\n", "\n\t"));
    }

    private String expression(SdkFunction function, JsonNode input) {
        String name = "storysign." + GoSdk.exported(function.name());
        return name + "(" + name + "Input" + fields(function.description().input(), input) + ")";
    }

    private String fields(List<Member> members, JsonNode input) {
        List<Member> given =
                members.stream().filter(member -> input.has(member.name())).toList();
        String line = given.stream()
                .map(member -> GoSdk.exported(member.name()) + ": " + literal(member, input))
                .collect(Collectors.joining(", ", "{", "}"));
        if (line.length() <= WIDTH - 40) {
            return line;
        }
        return "{\n"
                + GoSdk.aligned(
                        "\t",
                        given.stream()
                                .map(member ->
                                        List.of(GoSdk.exported(member.name()) + ":", literal(member, input) + ","))
                                .toList())
                + "}";
    }

    private String literal(Member member, JsonNode input) {
        MemberType type = MemberType.parse(member.type());
        String literal = literal(type, input.path(member.name()));
        boolean pointer = !member.required() && (type == Plain.INTEGER || type == Plain.NUMBER);
        return pointer ? "storysign.Some[" + goType(type) + "](" + literal + ")" : literal;
    }

    private String literal(MemberType type, JsonNode value) {
        return switch (type) {
            case Plain plain -> plain == Plain.OBJECT || plain == Plain.ANY ? any(value) : value.toString();
            case ListOf list -> {
                if (JsonLiteral.repeats(value)) {
                    yield "slices.Repeat(" + goType(type) + "{" + element(list.element(), value.get(0)) + "}, "
                            + value.size() + ")";
                }
                yield JsonLiteral.elements(value).stream()
                        .map(each -> element(list.element(), each))
                        .collect(Collectors.joining(", ", goType(type) + "{", "}"));
            }
            case Named named -> fields(platform.shape(named.shape()).members(), value);
        };
    }

    /** Within a list its type is not said again. */
    private String element(MemberType type, JsonNode value) {
        return type instanceof ListOf list
                ? literal(list, value).substring(goType(list).length())
                : literal(type, value);
    }

    private static String any(JsonNode value) {
        if (value.isObject()) {
            return value.properties().stream()
                    .map(member -> "\"" + member.getKey() + "\": " + any(member.getValue()))
                    .collect(Collectors.joining(", ", "map[string]any{", "}"));
        }
        if (value.isArray()) {
            return JsonLiteral.elements(value).stream()
                    .map(GoCalls::any)
                    .collect(Collectors.joining(", ", "[]any{", "}"));
        }
        return value.isNull() ? "nil" : value.toString();
    }

    private static String goType(MemberType type) {
        return switch (type) {
            case Plain plain ->
                switch (plain) {
                    case STRING -> "string";
                    case INTEGER -> "int64";
                    case NUMBER -> "float64";
                    case BOOLEAN -> "bool";
                    case OBJECT -> "map[string]any";
                    case ANY -> "any";
                };
            case ListOf list -> "[]" + goType(list.element());
            case Named named -> "storysign." + named.shape();
        };
    }
}
