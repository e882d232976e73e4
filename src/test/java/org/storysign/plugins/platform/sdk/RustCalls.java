package org.storysign.plugins.platform.sdk;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Collectors;
import org.storysign.plugins.platform.FunctionDescription.Member;
import org.storysign.plugins.platform.sdk.MemberType.ListOf;
import org.storysign.plugins.platform.sdk.MemberType.Named;
import org.storysign.plugins.platform.sdk.MemberType.Plain;

/** The module of calls in Rust. */
record RustCalls(SdkPlatform platform) {

    private static final int WIDTH = 130;
    /** About what stands before and after a struct on its line. */
    private static final int AROUND = 30;

    String source() {
        StringBuilder source = new StringBuilder("""
                //! A call of every function: with the example of the reference page, and with everything that its input can have.
                //! Made from `src/main/resources/platform/host-functions.json`; a test keeps it so.

                mod hooks;

                use extism_pdk::*;
                use serde::Serialize;
                use serde_json::{json, Value};
                use storysign_sdk::*;

                /// What the platform answered, as the SDK has read it.
                fn told(result: Result<impl Serialize, Problem>) -> FnResult<Json<Value>> {
                    Ok(Json(match result {
                        Ok(answer) => json!({ "ok": answer }),
                        Err(problem) => json!({ "error": problem }),
                    }))
                }
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

    /** {@code storage_get(StorageGet::new("best-score"))}. */
    String example(SdkFunction function) {
        return expression(function, Examples.input(function));
    }

    private static String call(String export, String expression) {
        return """

                #[plugin_fn]
                pub fn %s() -> FnResult<Json<Value>> {
                    told(%s)
                }
                """.formatted(export, expression.replace("\n", "\n    "));
    }

    private String expression(SdkFunction function, JsonNode input) {
        return function.name() + "("
                + struct(
                        Words.upperCamel(function.name()),
                        function.description().input(),
                        input) + ")";
    }

    private String struct(String type, List<Member> members, JsonNode input) {
        List<Member> required = members.stream().filter(Member::required).toList();
        List<Member> given = members.stream()
                .filter(member -> !member.required() && input.has(member.name()))
                .toList();
        String base = required.isEmpty()
                ? type + "::default()"
                : type + "::new("
                        + required.stream()
                                .map(member -> literal(member, input))
                                .collect(Collectors.joining(", ")) + ")";
        if (given.isEmpty()) {
            return base;
        }
        List<String> fields = given.stream()
                .map(member -> RustSdk.name(member) + ": Some(" + literal(member, input) + ")")
                .collect(Collectors.toList());
        if (required.size() + given.size() < members.size() || !required.isEmpty()) {
            fields.add(".." + base);
        }
        String line = type + " { " + String.join(", ", fields) + " }";
        return line.length() + AROUND <= WIDTH
                ? line
                : type + " {\n    " + String.join(",\n    ", fields)
                        + (fields.getLast().startsWith("..") ? "" : ",") + "\n}";
    }

    private String literal(Member member, JsonNode input) {
        return literal(MemberType.parse(member.type()), input.path(member.name()));
    }

    private String literal(MemberType type, JsonNode value) {
        return switch (type) {
            case Plain plain ->
                switch (plain) {
                    case OBJECT, ANY -> "json!(" + JsonLiteral.of(value) + ")";
                    case NUMBER -> Double.toString(value.asDouble());
                    default -> value.toString();
                };
            case ListOf list -> {
                if (JsonLiteral.repeats(value)) {
                    yield "vec![" + literal(list.element(), value.get(0)) + "; " + value.size() + "]";
                }
                yield JsonLiteral.elements(value).stream()
                        .map(each -> literal(list.element(), each))
                        .collect(Collectors.joining(", ", "vec![", "]"));
            }
            case Named named ->
                struct(named.shape(), platform.shape(named.shape()).members(), value);
        };
    }
}
