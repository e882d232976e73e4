package org.storysign.plugins.platform.sdk;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.storysign.plugins.platform.FunctionDescription.Member;
import org.storysign.plugins.platform.FunctionDescription.Shape;
import org.storysign.plugins.platform.sdk.MemberType.ListOf;
import org.storysign.plugins.platform.sdk.MemberType.Named;
import org.storysign.plugins.platform.sdk.MemberType.Plain;

/** Go: a struct that encoding/json writes for each input, one that it reads for each answer, a function for each function. */
final class GoSdk implements SdkLanguage {

    private static final int WIDTH = 120;
    private static final Map<String, String> INITIALISMS =
            Map.of("id", "ID", "ttl", "TTL", "ai", "AI", "ui", "UI", "url", "URL");

    @Override
    public String name() {
        return "Go";
    }

    @Override
    public String fence() {
        return "go";
    }

    @Override
    public Map<Path, String> files(SdkPlatform platform) {
        return Map.of(
                Path.of("wasm-plugins", "sdk", "go", "functions.go"),
                functions(platform),
                Path.of("wasm-plugins", "sdk", "calls", "go", "main.go"),
                new GoCalls(platform).source());
    }

    @Override
    public String example(SdkPlatform platform, SdkFunction function) {
        return new GoCalls(platform).example(function);
    }

    /** {@code user_id} → {@code UserID}. */
    static String exported(String name) {
        StringBuilder exported = new StringBuilder();
        for (String word : name.split("[_-]")) {
            exported.append(INITIALISMS.getOrDefault(word, Words.capitalised(word)));
        }
        return exported.toString();
    }

    private static String functions(SdkPlatform platform) {
        StringBuilder source = new StringBuilder("""
                // The functions of the platform. Made from src/main/resources/platform/host-functions.json; a test keeps it so.

                package storysign

                import "encoding/json"

                // What a Problem may be: its code.
                const (
                """);
        List<List<String>> codes = platform.codes().stream()
                .map(code -> List.of("Code" + exported(code), "= \"" + code + "\""))
                .toList();
        source.append(aligned("\t", codes)).append(")\n");
        for (Shape shape : platform.shapes()) {
            source.append('\n').append(doc(shape.name() + " is " + Words.uncapitalised(shape.summary())));
            source.append(struct(shape.name(), shape.members(), platform.isInput(shape)));
        }
        platform.functions().forEach(function -> source.append(function(function)));
        return source.toString();
    }

    private static String function(SdkFunction function) {
        String name = exported(function.name());
        boolean nullable = function.description().nullable();
        String answer = (nullable ? "*" : "") + name + "Answer";
        String imported = Words.lowerCamel(function.name());
        StringBuilder source = new StringBuilder();
        source.append("\n// %sInput is what %s takes.\n".formatted(name, name));
        source.append(struct(name + "Input", function.description().input(), true));
        source.append("\n// %sAnswer is what %s answers.\n".formatted(name, name));
        source.append(struct(name + "Answer", function.description().answer(), false));
        source.append("\n//go:wasmimport extism:host/user %s\n".formatted(function.name()));
        source.append("func %s(input uint64) uint64\n".formatted(imported));
        source.append('\n')
                .append(doc(
                        name + " " + Words.uncapitalised(function.description().summary())));
        function.remarks().forEach(remark -> source.append("//\n").append(doc(remark)));
        source.append("func %s(input %sInput) (%s, error) {\n".formatted(name, name, answer));
        return source.append(
                        "\treturn %s[%sAnswer](%s, input)\n}\n".formatted(nullable ? "find" : "call", name, imported))
                .toString();
    }

    private static String struct(String type, List<Member> members, boolean input) {
        StringBuilder source = new StringBuilder("type " + type + " struct {\n");
        for (Member member : members) {
            source.append("\t")
                    .append(Words.wrapped("\t// ", Words.capitalised(member.about()) + ".", WIDTH)
                            .strip())
                    .append('\n');
            String left = input && !member.required() ? ",omitempty" : "";
            source.append("\t%s %s `json:\"%s%s\"`\n"
                    .formatted(
                            exported(member.name()),
                            input ? inputType(member) : answerType(member),
                            member.name(),
                            left));
        }
        return source.append("}\n").toString();
    }

    /** Texts, booleans and lists say by their zero value that they are not given; numbers, which may be 0, by nil. */
    private static String inputType(Member member) {
        MemberType type = MemberType.parse(member.type());
        boolean pointer = !member.required() && (type == Plain.INTEGER || type == Plain.NUMBER);
        return (pointer ? "*" : "") + type(type, "any", "map[string]any");
    }

    private static String answerType(Member member) {
        String type = type(MemberType.parse(member.type()), "json.RawMessage", "json.RawMessage");
        return (member.nullable() ? "*" : "") + type;
    }

    private static String type(MemberType type, String any, String object) {
        return switch (type) {
            case Plain plain ->
                switch (plain) {
                    case STRING -> "string";
                    case INTEGER -> "int64";
                    case NUMBER -> "float64";
                    case BOOLEAN -> "bool";
                    case OBJECT -> object;
                    case ANY -> any;
                };
            case ListOf list -> "[]" + type(list.element(), any, object);
            case Named named -> named.shape();
        };
    }

    /** As gofmt sets columns. */
    static String aligned(String indent, List<List<String>> rows) {
        int width = rows.stream().mapToInt(row -> row.getFirst().length()).max().orElse(0);
        List<String> lines = new ArrayList<>();
        rows.forEach(row -> lines.add(
                indent + row.getFirst() + " ".repeat(width - row.getFirst().length() + 1) + row.get(1)));
        return String.join("\n", lines) + "\n";
    }

    private static String doc(String text) {
        return Words.wrapped("// ", text, WIDTH);
    }
}
