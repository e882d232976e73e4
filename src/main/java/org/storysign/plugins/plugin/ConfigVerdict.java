package org.storysign.plugins.plugin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.storysign.plugins.problem.JsonFields;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ReadableText;
import org.storysign.plugins.problem.StrictJson;
import org.storysign.plugins.problem.Violation;
import org.storysign.plugins.problem.Violations;
import org.storysign.plugins.sandbox.CallResult;

/**
 * What a plugin's own check said of a configuration.
 *
 * @param violations in the guest's words; none when it accepts
 */
record ConfigVerdict(List<Violation> violations) {

    private static final int MOST = 50;
    private static final int LONGEST = 300;
    private static final int DEEPEST = 5;
    private static final int SHORTEST_MASKED = 4;
    private static final String MASK = "•••";

    /** A check that is stopped or says that it failed does not accept. Fails with {@code handler-output-invalid}. */
    static ConfigVerdict of(CallResult result) {
        return switch (result) {
            case CallResult.Trapped trapped -> new ConfigVerdict(List.of(new Violation("", text(trapped.message()))));
            case CallResult.Returned returned -> new ConfigVerdict(read(returned.output()));
        };
    }

    private static List<Violation> read(byte[] output) {
        if (output.length == 0) {
            return List.of();
        }
        Violations wrong = new Violations();
        JsonNode node = new StrictJson(DEEPEST).read(output, wrong);
        wrong.refuse(ProblemCode.HANDLER_OUTPUT_INVALID, "the output of `validate_config`");
        List<Violation> found = new ArrayList<>();
        JsonFields.of(node, "", wrong, Set.of("errors"))
                .flatMap(fields -> fields.array("errors", MOST))
                .ifPresent(errors -> {
                    for (int index = 0; index < errors.size(); index++) {
                        violation(errors.get(index), "/errors/" + index, wrong).ifPresent(found::add);
                    }
                });
        wrong.refuse(ProblemCode.HANDLER_OUTPUT_INVALID, "the output of `validate_config`");
        return found;
    }

    private static Optional<Violation> violation(JsonNode error, String place, Violations wrong) {
        return JsonFields.of(error, place, wrong, Set.of("pointer", "detail"))
                .map(fields -> new Violation(
                        fields.text("pointer").map(ConfigVerdict::text).orElse(""),
                        fields.text("detail").map(ConfigVerdict::text).orElse("")));
    }

    private static String text(String guests) {
        String cut = guests.length() > LONGEST ? guests.substring(0, LONGEST) : guests;
        return ReadableText.line(cut.strip(), LONGEST).orElse("is not accepted (for a reason that cannot be shown)");
    }

    /** The violations with every secret text of the configuration masked. */
    List<Violation> withoutSecrets(Set<String> pointers, ObjectNode open) {
        List<String> texts = new ArrayList<>();
        pointers.forEach(pointer -> collect(open.at(pointer), texts));
        return violations.stream()
                .map(violation -> new Violation(masked(violation.pointer(), texts), masked(violation.detail(), texts)))
                .toList();
    }

    private static void collect(JsonNode value, List<String> texts) {
        if (value.isValueNode() && value.asText().length() >= SHORTEST_MASKED) {
            texts.add(value.asText());
        }
        value.forEach(inner -> collect(inner, texts));
    }

    private static String masked(String text, List<String> secrets) {
        String masked = text;
        for (String secret : secrets) {
            masked = masked.replace(secret, MASK);
        }
        return masked;
    }
}
