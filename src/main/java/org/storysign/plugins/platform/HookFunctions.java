package org.storysign.plugins.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.storysign.plugins.identity.CallContext;
import org.storysign.plugins.identity.EventId;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.manifest.HookName;
import org.storysign.plugins.manifest.HookType;
import org.storysign.plugins.permission.PermissionName;
import org.storysign.plugins.problem.GuestText;
import org.storysign.plugins.problem.JsonFields;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ReadableText;

/**
 * {@code hook_emit}: a plugin says that something happened. The hook is handled later, at least once, by whoever subscribed to it; what
 * its handlers answer goes nowhere. It inherits the tenant and the user of the call.
 */
public final class HookFunctions {

    /** What stands before every name a plugin may emit, with its own id and a dot after it. */
    static final String PREFIX = "plugin.";

    private static final int LONGEST_TARGET = 200;
    private static final int MOST_ARGUMENTS = 10_000;

    private final EventIntake intake;

    public HookFunctions(EventIntake intake) {
        this.intake = intake;
    }

    /** To be registered with the {@link PlatformGate}. */
    public List<PlatformFunction> all() {
        return List.of(new PlatformFunction(
                "hook_emit",
                PlatformService.HOOKS,
                Set.of(PermissionName.HOOKS_EMIT),
                Set.of("hook_name", "type", "target", "args", "kwargs", "result", "request_data", "ordering_key"),
                this::emit));
    }

    /**
     * {@code {"hook_name", "type"?, "target"?, "args"?, "kwargs"?, "result"?, "request_data"?, "ordering_key"?}} →
     * {@code {"event_id"}}. The name begins with {@code plugin.<own id>.}, else {@code permission-denied}; the type is {@code after}
     * when none is said; the other members are those of the hook's call. Further errors: {@code data-invalid},
     * {@code emit-depth-exceeded}, {@code event-too-large}, {@code queue-full},
     * {@code database-unavailable}.
     */
    private JsonNode emit(PlatformCall call, JsonFields input) {
        CallContext context = call.context();
        input.require("hook_name");
        Optional<HookName> hook = input.parsed("hook_name", HookName::parse, "[a-z0-9][a-z0-9_.-]{0,99}");
        Optional<OrderingKey> key = input.parsed("ordering_key", OrderingKey::parse, OrderingKey.FORM);
        ObjectNode body = body(input);
        input.refuse(ProblemCode.DATA_INVALID, "the input");
        requireOwn(hook.orElseThrow(), context.plugin());
        NewEvent event = new NewEvent(
                EventId.random(),
                new NewEvent.Sender(context.tenant(), Optional.of(context.plugin())),
                hook.orElseThrow(),
                context.user(),
                key,
                context.depth() + 1,
                body.toString());
        EventId accepted = call.waiting(() -> intake.accept(event, call.timeLeft()));
        return GuestJson.NODES.objectNode().put("event_id", accepted.toString());
    }

    /** What the hook's handlers are told, as POST /hooks/{hook_name} takes it. */
    private static ObjectNode body(JsonFields input) {
        ObjectNode body = GuestJson.NODES.objectNode();
        HookType type = input.oneOf(
                        "type",
                        HookType::parse,
                        Arrays.stream(HookType.values())
                                .map(HookType::publicName)
                                .toList())
                .orElse(HookType.AFTER);
        body.put("type", type.publicName());
        input.parsed(
                        "target",
                        text -> ReadableText.line(text, LONGEST_TARGET),
                        "one line of 1 to " + LONGEST_TARGET + " readable characters")
                .ifPresent(target -> body.put("target", target));
        input.array("args", MOST_ARGUMENTS).ifPresent(args -> body.set("args", args));
        input.object("kwargs").ifPresent(kwargs -> body.set("kwargs", kwargs));
        input.any("result").ifPresent(result -> body.set("result", result));
        input.any("request_data").ifPresent(data -> body.set("request_data", data));
        return body;
    }

    private static void requireOwn(HookName hook, PluginId plugin) {
        String own = PREFIX + plugin + ".";
        if (!hook.value().startsWith(own) || hook.value().length() == own.length()) {
            throw PlatformCall.denied("the plugin may emit hooks whose names begin with `" + own + "`, found "
                    + GuestText.quote(hook.value()));
        }
    }
}
