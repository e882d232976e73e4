package org.storysign.plugins.platform;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.storysign.plugins.identity.CallContext;
import org.storysign.plugins.identity.UserId;
import org.storysign.plugins.permission.PermissionName;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.JsonFields;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

/** {@code live_send} and {@code live_broadcast}: messages to the live connections of the tenant's users. */
public final class LiveFunctions {

    private static final Set<PermissionName> MODIFY_UI = Set.of(PermissionName.MODIFY_UI);

    private final LiveOutbox outbox;

    public LiveFunctions(LiveOutbox outbox) {
        this.outbox = outbox;
    }

    /** To be registered with the {@link PlatformGate}. */
    public List<PlatformFunction> all() {
        return List.of(
                new PlatformFunction(
                        "live_send",
                        PlatformService.LIVE,
                        MODIFY_UI,
                        Set.of(CallUser.MEMBER, "channel", "payload"),
                        this::send),
                new PlatformFunction(
                        "live_broadcast",
                        PlatformService.LIVE,
                        MODIFY_UI,
                        Set.of("channel", "payload"),
                        this::broadcast));
    }

    /** {@code {"user_id"?, "channel"?, "payload"}} → {@code {"message_id"}}: to the call's user, or another where {@link CallUser} allows it. */
    private JsonNode send(PlatformCall call, JsonFields input) {
        Optional<String> channel = channel(input);
        String payload = payload(input);
        UserId user = CallUser.of(call, input);
        return publish(call, Optional.of(user), channel, payload);
    }

    /** {@code {"channel", "payload"}} → {@code {"message_id"}}: to everybody of the tenant who listens to the channel. */
    private JsonNode broadcast(PlatformCall call, JsonFields input) {
        input.require("channel");
        Optional<String> channel = channel(input);
        String payload = payload(input);
        return publish(call, Optional.empty(), channel, payload);
    }

    private JsonNode publish(PlatformCall call, Optional<UserId> user, Optional<String> channel, String payload) {
        CallContext context = call.context();
        LiveMessage message =
                new LiveMessage(UUID.randomUUID(), context.tenant(), context.plugin(), user, channel, payload);
        call.waiting(() -> {
            outbox.publish(message, call.timeLeft());
            return message;
        });
        return GuestJson.NODES.objectNode().put("message_id", message.id().toString());
    }

    private static Optional<String> channel(JsonFields input) {
        return input.parsed(
                "channel",
                text -> Optional.of(text)
                        .filter(name -> LiveMessage.CHANNEL.matcher(name).matches()),
                "a name matching " + LiveMessage.CHANNEL);
    }

    private static String payload(JsonFields input) {
        input.require("payload");
        String json = input.any("payload").map(JsonNode::toString).orElse("");
        input.refuse(ProblemCode.DATA_INVALID, "the input");
        int found = json.getBytes(StandardCharsets.UTF_8).length;
        if (found > LiveMessage.LARGEST_PAYLOAD) {
            throw new ProblemException(
                    ProblemCode.DATA_INVALID,
                    "the payload has " + found + " bytes of JSON, expected at most " + LiveMessage.LARGEST_PAYLOAD,
                    Map.of(FactKey.FOUND, found, FactKey.LIMIT, LiveMessage.LARGEST_PAYLOAD));
        }
        return json;
    }
}
