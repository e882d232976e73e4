package org.storysign.plugins.hook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.identity.UserId;
import org.storysign.plugins.manifest.HookName;
import org.storysign.plugins.manifest.HookType;
import org.storysign.plugins.problem.JsonFields;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ReadableText;
import org.storysign.plugins.problem.Violations;

/** Reads the body of POST /hooks/{hook_name}. */
public final class HookCallReader {

    private static final int LONGEST_NAME = 200;
    private static final int MOST_ARGUMENTS = 10_000;

    private static final Set<String> FIELDS = Set.of(
            "type",
            "target",
            "user_id",
            "session_id",
            "module_name",
            "request_data",
            "args",
            "kwargs",
            "result",
            "deadline_ms");

    /** Fails with {@code ProblemException} {@code request-invalid} and every violation. */
    public HookCall read(TenantId tenant, HookName hook, ObjectNode body) {
        Violations violations = new Violations();
        JsonFields fields = new JsonFields(body, "", violations, FIELDS).require("type");
        Optional<HookType> type = fields.oneOf(
                "type",
                HookType::parse,
                Arrays.stream(HookType.values()).map(HookType::publicName).toList());
        Optional<String> target = name(fields, "target");
        HookCall.Origin origin = origin(fields, body);
        HookCall.Payload payload = payload(fields, body);
        Duration deadline = unlessNull(
                        fields, "deadline_ms", () -> fields.integer("deadline_ms", 1, HookCall.LONGEST.toMillis()))
                .map(Duration::ofMillis)
                .orElse(HookCall.LONGEST);
        violations.refuse(ProblemCode.REQUEST_INVALID, "the hook's call");
        return new HookCall(
                tenant, hook, type.orElseThrow(), target, origin, payload, deadline, Optional.empty(), false);
    }

    private static HookCall.Origin origin(JsonFields fields, ObjectNode body) {
        return new HookCall.Origin(
                name(fields, "user_id").map(UserId::new),
                name(fields, "session_id"),
                name(fields, "module_name"),
                orNull(body.get("request_data")));
    }

    private static HookCall.Payload payload(JsonFields fields, ObjectNode body) {
        return new HookCall.Payload(
                unlessNull(fields, "args", () -> fields.array("args", MOST_ARGUMENTS))
                        .orElseGet(JsonNodeFactory.instance::arrayNode),
                unlessNull(fields, "kwargs", () -> fields.object("kwargs"))
                        .orElseGet(JsonNodeFactory.instance::objectNode),
                orNull(body.get("result")));
    }

    /** Absent and JSON null are the same: the product may send every field always. */
    private static Optional<String> name(JsonFields fields, String field) {
        return unlessNull(
                fields,
                field,
                () -> fields.parsed(
                        field,
                        text -> ReadableText.line(text, LONGEST_NAME),
                        "one line of 1 to " + LONGEST_NAME + " readable characters"));
    }

    private static <T> Optional<T> unlessNull(JsonFields fields, String field, Supplier<Optional<T>> read) {
        return fields.isNull(field) ? Optional.empty() : read.get();
    }

    private static JsonNode orNull(@Nullable JsonNode node) {
        return node == null ? JsonNodeFactory.instance.nullNode() : node;
    }
}
