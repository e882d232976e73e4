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

/** Rust: a struct that serde writes for each input, one that it reads for each answer, a function for each function. */
final class RustSdk implements SdkLanguage {

    private static final int WIDTH = 130;

    @Override
    public String name() {
        return "Rust";
    }

    @Override
    public String fence() {
        return "rust";
    }

    @Override
    public Map<Path, String> files(SdkPlatform platform) {
        return Map.of(
                Path.of("wasm-plugins", "sdk", "rust", "src", "functions.rs"),
                functions(platform),
                Path.of("wasm-plugins", "sdk", "calls", "rust", "src", "lib.rs"),
                new RustCalls(platform).source());
    }

    @Override
    public String example(SdkPlatform platform, SdkFunction function) {
        return new RustCalls(platform).example(function);
    }

    private static String functions(SdkPlatform platform) {
        StringBuilder source = new StringBuilder("""
                //! The functions of the platform. Made from `src/main/resources/platform/host-functions.json`; a test keeps it so.

                use crate::call::{call, Problem};
                use serde::{Deserialize, Serialize};
                use serde_json::Value;

                /// What a [`Problem`] may be: its code.
                pub mod code {
                """);
        platform.codes()
                .forEach(code ->
                        source.append("    pub const %s: &str = \"%s\";\n".formatted(Words.constant(code), code)));
        source.append(
                "}\n\nmod import {\n    #[link(wasm_import_module = \"extism:host/user\")]\n    extern \"C\" {\n");
        platform.functions()
                .forEach(function ->
                        source.append("        pub fn %s(input: u64) -> u64;\n".formatted(function.name())));
        source.append("    }\n}\n");
        for (Shape shape : platform.shapes()) {
            source.append('\n').append(doc("", shape.summary()));
            source.append(
                    platform.isInput(shape)
                            ? input(shape.name(), shape.members())
                            : answer(shape.name(), shape.members()));
        }
        platform.functions().forEach(function -> source.append(function(function)));
        return source.toString();
    }

    private static String function(SdkFunction function) {
        String type = Words.upperCamel(function.name());
        String answer = type + "Answer";
        StringBuilder source = new StringBuilder();
        source.append("\n/// What [`%s`] takes.\n".formatted(function.name()))
                .append(input(type, function.description().input()));
        source.append("\n/// What [`%s`] answers.\n".formatted(function.name()))
                .append(answer(answer, function.description().answer()));
        source.append('\n').append(doc("", function.description().summary()));
        function.remarks().forEach(remark -> source.append("///\n").append(doc("", remark)));
        source.append("pub fn %s(input: %s) -> Result<%s, Problem> {\n"
                .formatted(
                        function.name(), type, function.description().nullable() ? "Option<" + answer + ">" : answer));
        return source.append("    call(import::%s, &input)\n}\n".formatted(function.name()))
                .toString();
    }

    private static String input(String type, List<Member> members) {
        List<Member> required = members.stream().filter(Member::required).toList();
        String generics = members.stream().anyMatch(RustSdk::borrows) ? "<'a>" : "";
        StringBuilder source = new StringBuilder(
                required.isEmpty()
                        ? "#[derive(Clone, Debug, Default, Serialize)]\n"
                        : "#[derive(Clone, Debug, Serialize)]\n");
        source.append("pub struct %s%s {\n".formatted(type, generics));
        for (Member member : members) {
            source.append(doc("    ", Words.capitalised(member.about()) + "."));
            if (!member.required()) {
                source.append("    #[serde(skip_serializing_if = \"Option::is_none\")]\n");
            }
            source.append("    pub %s: %s,\n".formatted(name(member), inputType(member)));
        }
        source.append("}\n");
        if (!required.isEmpty()) {
            source.append(constructor(type, generics, members, required));
        }
        return source.toString();
    }

    private static String constructor(String type, String generics, List<Member> members, List<Member> required) {
        String parameters = required.stream()
                .map(member -> name(member) + ": " + inputType(member))
                .collect(Collectors.joining(", "));
        List<String> fields = members.stream()
                .map(member -> member.required() ? name(member) : name(member) + ": None")
                .toList();
        String line = "Self { " + String.join(", ", fields) + " }";
        String self = line.length() + 8 <= WIDTH
                ? line
                : "Self {\n            " + String.join(",\n            ", fields) + ",\n        }";
        return """

                impl%s %s%s {
                    /// What it cannot do without; the rest is left to the platform.
                    pub fn new(%s) -> Self {
                        %s
                    }
                }
                """.formatted(generics, type, generics, parameters, self);
    }

    private static String answer(String type, List<Member> members) {
        StringBuilder source = new StringBuilder("#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]\n");
        source.append("pub struct %s {\n".formatted(type));
        for (Member member : members) {
            String held = type(MemberType.parse(member.type()), "String");
            source.append(doc("    ", Words.capitalised(member.about()) + "."))
                    .append("    pub %s: %s,\n"
                            .formatted(name(member), member.nullable() ? "Option<" + held + ">" : held));
        }
        return source.append("}\n").toString();
    }

    private static boolean borrows(Member member) {
        return inputType(member).contains("'a");
    }

    private static String inputType(Member member) {
        MemberType parsed = MemberType.parse(member.type());
        String type =
                parsed instanceof ListOf(Named(String shape)) ? "Vec<" + shape + "<'a>>" : type(parsed, "&'a str");
        return member.required() ? type : "Option<" + type + ">";
    }

    private static String type(MemberType type, String text) {
        return switch (type) {
            case Plain plain ->
                switch (plain) {
                    case STRING -> text;
                    case INTEGER -> "i64";
                    case NUMBER -> "f64";
                    case BOOLEAN -> "bool";
                    case OBJECT, ANY -> "Value";
                };
            case ListOf list -> "Vec<" + type(list.element(), text) + ">";
            case Named named -> named.shape();
        };
    }

    /** {@code type} is a word of the language. */
    static String name(Member member) {
        return member.name().equals("type") ? "r#type" : member.name();
    }

    private static String doc(String indent, String text) {
        return Words.wrapped(indent + "/// ", text, WIDTH);
    }
}
