package org.storysign.plugins.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.storysign.plugins.identity.CallContext;
import org.storysign.plugins.identity.UserId;
import org.storysign.plugins.permission.PermissionName;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.GuestText;
import org.storysign.plugins.problem.JsonFields;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

/**
 * {@code storage_get}, {@code storage_set}, {@code storage_delete} and {@code storage_list}: what a plugin keeps between its calls. A
 * plugin reaches only its own keys; with {@code "user": true} those it keeps for the user on whose behalf it was called, which
 * needs {@code read:user_data} or {@code write:user_data} instead of {@code storage:read} or {@code storage:write}.
 */
public final class StorageFunctions {

    /** Longest time to live. */
    static final Duration LONGEST_LIFE = Duration.ofDays(3_650);

    static final int LARGEST_PAGE = 1_000;
    static final int USUAL_PAGE = 100;

    private static final Set<PermissionName> READ = Set.of(PermissionName.STORAGE_READ, PermissionName.READ_USER_DATA);
    private static final Set<PermissionName> WRITE =
            Set.of(PermissionName.STORAGE_WRITE, PermissionName.WRITE_USER_DATA);
    private static final String KEY_FORM = "1 to " + DataKey.LARGEST + " bytes of UTF-8 without control characters";

    private final KeyValueStore store;

    public StorageFunctions(KeyValueStore store) {
        this.store = store;
    }

    /** To be registered with the {@link PlatformGate}. */
    public List<PlatformFunction> all() {
        return List.of(
                new PlatformFunction("storage_get", PlatformService.STORAGE, READ, Set.of("key", "user"), this::get),
                new PlatformFunction(
                        "storage_set",
                        PlatformService.STORAGE,
                        WRITE,
                        Set.of("key", "value", "ttl_seconds", "if_revision", "if_absent", "user"),
                        this::set),
                new PlatformFunction(
                        "storage_delete",
                        PlatformService.STORAGE,
                        WRITE,
                        Set.of("key", "if_revision", "user"),
                        this::delete),
                new PlatformFunction(
                        "storage_list",
                        PlatformService.STORAGE,
                        READ,
                        Set.of("prefix", "cursor", "limit", "user"),
                        this::list));
    }

    /** {@code {"key"}} → {@code {"value", "revision", "expires_at"}}, or null when there is no such key. */
    private JsonNode get(PlatformCall call, JsonFields input) {
        DataOwner owner = owner(call, input, Access.READ);
        String key = key(input);
        input.refuse(ProblemCode.DATA_INVALID, "the input");
        Optional<StoredValue> found = call.waiting(() -> store.get(owner, key, call.timeLeft()));
        return found.<JsonNode>map(StorageFunctions::view).orElseGet(GuestJson.NODES::nullNode);
    }

    /** {@code {"key", "value", "ttl_seconds"?, "if_revision"? | "if_absent"?}} → {@code {"revision", "created"}}. */
    private JsonNode set(PlatformCall call, JsonFields input) {
        DataOwner owner = owner(call, input, Access.WRITE);
        input.require("value");
        DataWrite write = new DataWrite(
                key(input),
                input.any("value").map(JsonNode::toString).orElse(""),
                input.integer("ttl_seconds", 1, LONGEST_LIFE.toSeconds()).map(Duration::ofSeconds),
                condition(input));
        input.refuse(ProblemCode.DATA_INVALID, "the input");
        requireSize(write.json());
        WriteOutcome outcome =
                call.waiting(() -> store.put(owner, write, call.terms().data(), call.timeLeft()));
        return switch (outcome) {
            case WriteOutcome.Done done ->
                GuestJson.NODES.objectNode().put("revision", done.revision()).put("created", done.created());
            case WriteOutcome.ConditionFailed failed -> throw conditionFailed(write.key());
            case WriteOutcome.OverLimit over ->
                throw new ProblemException(ProblemCode.DATA_QUOTA_EXCEEDED, "the plugin may keep " + over.limit());
            case WriteOutcome.Missing missing -> throw new IllegalStateException("a write cannot miss its key");
        };
    }

    /** {@code {"key", "if_revision"?}} → {@code {"deleted"}}. */
    private JsonNode delete(PlatformCall call, JsonFields input) {
        DataOwner owner = owner(call, input, Access.WRITE);
        String key = key(input);
        WriteCondition condition = condition(input);
        input.refuse(ProblemCode.DATA_INVALID, "the input");
        WriteOutcome outcome = call.waiting(() -> store.delete(owner, key, condition, call.timeLeft()));
        return switch (outcome) {
            case WriteOutcome.Done done -> GuestJson.NODES.objectNode().put("deleted", true);
            case WriteOutcome.Missing missing -> GuestJson.NODES.objectNode().put("deleted", false);
            case WriteOutcome.ConditionFailed failed -> throw conditionFailed(key);
            case WriteOutcome.OverLimit over -> throw new IllegalStateException("a delete cannot be over a limit");
        };
    }

    /** {@code {"prefix"?, "cursor"?, "limit"?}} → {@code {"keys", "cursor"}}; the cursor is null at the end. */
    private JsonNode list(PlatformCall call, JsonFields input) {
        DataOwner owner = owner(call, input, Access.READ);
        String prefix = input.has("prefix") ? keyText(input, "prefix").orElse("") : "";
        Optional<String> after = keyText(input, "cursor");
        int limit = input.integer("limit", 1, LARGEST_PAGE).map(Long::intValue).orElse(USUAL_PAGE);
        input.refuse(ProblemCode.DATA_INVALID, "the input");
        List<String> keys = call.waiting(
                () -> store.keys(owner, new KeyValueStore.KeyRange(prefix, after, limit), call.timeLeft()));
        ObjectNode page = GuestJson.NODES.objectNode();
        ArrayNode list = page.putArray("keys");
        keys.forEach(list::add);
        return keys.size() < limit ? page.putNull("cursor") : page.put("cursor", keys.getLast());
    }

    private static ObjectNode view(StoredValue found) {
        ObjectNode view = GuestJson.NODES.objectNode();
        view.set("value", GuestJson.raw(found.json()));
        view.put("revision", found.revision());
        return found.expiresAt()
                .map(instant -> view.put("expires_at", instant.toString()))
                .orElseGet(() -> view.putNull("expires_at"));
    }

    private static DataOwner owner(PlatformCall call, JsonFields input, Access access) {
        CallContext context = call.context();
        boolean forUser = input.bool("user").orElse(false);
        call.require(forUser ? access.users : access.own);
        if (!forUser) {
            return new DataOwner(context.tenant(), context.plugin(), Optional.empty());
        }
        UserId user = context.user()
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.DATA_INVALID, "`user` is true, but the call is not on behalf of a user"));
        return new DataOwner(context.tenant(), context.plugin(), Optional.of(user));
    }

    private static String key(JsonFields input) {
        input.require("key");
        return keyText(input, "key").orElse("");
    }

    private static Optional<String> keyText(JsonFields input, String name) {
        return input.parsed(name, DataKey::parse, KEY_FORM).map(DataKey::value);
    }

    private static WriteCondition condition(JsonFields input) {
        Optional<Long> revision = input.integer("if_revision", 1, Long.MAX_VALUE);
        boolean absent = input.bool("if_absent").orElse(false);
        if (absent && input.has("if_revision")) {
            input.report("if_absent", "cannot be said together with `if_revision`");
        }
        if (absent) {
            return new WriteCondition.Absent();
        }
        return revision.<WriteCondition>map(WriteCondition.AtRevision::new).orElseGet(WriteCondition.Always::new);
    }

    private static void requireSize(String json) {
        int found = json.getBytes(StandardCharsets.UTF_8).length;
        if (found > KeyValueStore.LARGEST_VALUE) {
            throw new ProblemException(
                    ProblemCode.DATA_INVALID,
                    "the value has " + found + " bytes of JSON, expected at most " + KeyValueStore.LARGEST_VALUE,
                    Map.of(FactKey.FOUND, found, FactKey.LIMIT, KeyValueStore.LARGEST_VALUE));
        }
    }

    private static ProblemException conditionFailed(String key) {
        return new ProblemException(
                ProblemCode.PRECONDITION_FAILED, "the key " + GuestText.quote(key) + " is not as the condition says");
    }

    /** What a function does, and which permission that takes for the plugin's own keys and for users'. */
    private enum Access {
        READ(PermissionName.STORAGE_READ, PermissionName.READ_USER_DATA),
        WRITE(PermissionName.STORAGE_WRITE, PermissionName.WRITE_USER_DATA);

        private final PermissionName own;
        private final PermissionName users;

        Access(PermissionName own, PermissionName users) {
            this.own = own;
            this.users = users;
        }
    }
}
