package org.storysign.plugins.hook;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.identity.CallContext;

/**
 * Writes what handlers of one hook call get (contract, section 5). What does not differ between handlers is written once. Used by
 * one thread.
 */
final class HandlerInput {

    private static final ObjectMapper JSON = new ObjectMapper(new JsonFactory());
    private static final int USUAL_SIZE = 1024;

    private final HookCall call;
    private final String requestData;
    private HookCall.@Nullable Payload written;
    private String writtenPayload = "";

    HandlerInput(HookCall call) {
        this.call = call;
        this.requestData = call.origin().requestData().toString();
    }

    /** The input of one handler. */
    byte[] bytes(HookCall.Payload payload, ChainLink link, CallContext context, Instant now) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_SIZE);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("hook_name", call.hook().value());
            json.writeStringField("type", call.type().publicName());
            text(json, "target", call.target());
            json.writeRaw(payload(payload));
            json.writeObjectFieldStart("context");
            context(json, link, context, now);
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail to be written", e);
        }
        return bytes.toByteArray();
    }

    /** {@code ,"args":…,"kwargs":…,"result":…}: written again only when a handler has changed it. */
    private String payload(HookCall.Payload payload) {
        if (written != payload) {
            writtenPayload = ",\"args\":" + payload.args() + ",\"kwargs\":" + payload.kwargs() + ",\"result\":"
                    + payload.result();
            written = payload;
        }
        return writtenPayload;
    }

    private void context(JsonGenerator json, ChainLink link, CallContext context, Instant now) throws IOException {
        text(json, "user_id", call.origin().user().map(Object::toString));
        text(json, "session_id", call.origin().session());
        text(json, "module_name", call.origin().module());
        json.writeFieldName("request_data");
        json.writeRawValue(requestData);
        json.writeStringField("plugin_id", link.id().value());
        json.writeStringField("tenant", call.tenant().value());
        json.writeFieldName("config");
        JsonNode config = link.plugin().plugin().config();
        json.writeTree(config);
        json.writeStringField("timestamp", now.toString());
        json.writeStringField("invocation_id", context.invocation().toString());
        if (call.event().isPresent()) {
            json.writeStringField("event_id", call.event().get().id().toString());
        }
    }

    private static void text(JsonGenerator json, String name, Optional<String> value) throws IOException {
        json.writeFieldName(name);
        if (value.isPresent()) {
            json.writeString(value.get());
        } else {
            json.writeNull();
        }
    }
}
