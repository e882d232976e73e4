package org.storysign.plugins.hook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.Set;
import org.storysign.plugins.manifest.HookType;
import org.storysign.plugins.problem.JsonFields;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.StrictJson;
import org.storysign.plugins.problem.Violations;

/** What a handler said, by its hook's type (contract, section 5). */
sealed interface HandlerOutput {

    /** Nothing is to change. */
    record Unchanged() implements HandlerOutput {}

    /** The call goes on with this. */
    record Changed(HookCall.Payload payload) implements HandlerOutput {}

    /** A replace handler left it to the next. */
    record Passed() implements HandlerOutput {}

    /** A before handler said stop, for a reason in guest text. */
    record Stopped(String reason) implements HandlerOutput {}

    /** Deeper JSON is nothing a hook needs. */
    int DEEPEST = 100;

    int LONGEST_REASON = 1_000;

    StrictJson JSON = new StrictJson(DEEPEST);

    /** Throws {@code ProblemException} {@code handler-output-invalid} with every violation. */
    static HandlerOutput read(HookType type, byte[] output, HookCall.Payload before) {
        if (output.length == 0 || type == HookType.AFTER) {
            return type == HookType.REPLACE ? new Passed() : new Unchanged();
        }
        Violations violations = new Violations();
        JsonNode node = JSON.read(output, violations);
        violations.refuse(ProblemCode.HANDLER_OUTPUT_INVALID, "the handler's output");
        HandlerOutput read = switch (type) {
            case BEFORE -> before(node, before, violations);
            case REPLACE -> replace(node, before, violations);
            case FILTER -> filter(node, before, violations);
            case AFTER -> new Unchanged();
        };
        violations.refuse(ProblemCode.HANDLER_OUTPUT_INVALID, "the handler's output");
        return read;
    }

    private static HandlerOutput before(JsonNode node, HookCall.Payload before, Violations violations) {
        Optional<JsonFields> fields = JsonFields.of(node, "", violations, Set.of("args", "kwargs", "stop"));
        if (fields.isEmpty() || node.isEmpty()) {
            return new Unchanged();
        }
        JsonFields output = fields.get();
        if (output.has("stop")) {
            if (node.size() > 1) {
                output.report("stop", "stands beside other fields, expected it alone");
            }
            return new Stopped(output.text("stop").map(HandlerOutput::cut).orElse(""));
        }
        ArrayNode args = output.array("args", Integer.MAX_VALUE).orElse(before.args());
        ObjectNode kwargs = output.object("kwargs").orElse(before.kwargs());
        return changed(before, new HookCall.Payload(args, kwargs, before.result()));
    }

    private static HandlerOutput replace(JsonNode node, HookCall.Payload before, Violations violations) {
        Optional<JsonFields> fields = JsonFields.of(node, "", violations, Set.of("result", "pass"));
        if (fields.isEmpty()) {
            return new Passed();
        }
        JsonFields output = fields.get();
        if (output.has("result") == output.has("pass")) {
            violations.add("", "has neither or both of `result` and `pass`, expected one of them");
        } else if (output.has("pass") && !output.bool("pass").orElse(true)) {
            output.report("pass", "is false, expected true (or a `result`)");
        }
        return output.has("result")
                ? new Changed(new HookCall.Payload(before.args(), before.kwargs(), node.get("result")))
                : new Passed();
    }

    private static HandlerOutput filter(JsonNode node, HookCall.Payload before, Violations violations) {
        Optional<JsonFields> fields = JsonFields.of(node, "", violations, Set.of("result"));
        if (fields.isEmpty() || !fields.get().has("result")) {
            return new Unchanged();
        }
        return changed(before, new HookCall.Payload(before.args(), before.kwargs(), node.get("result")));
    }

    private static HandlerOutput changed(HookCall.Payload before, HookCall.Payload after) {
        return after.equals(before) ? new Unchanged() : new Changed(after);
    }

    private static String cut(String reason) {
        return reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON) + "…";
    }
}
