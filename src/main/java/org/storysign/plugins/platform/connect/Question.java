package org.storysign.plugins.platform.connect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.identity.UserId;

/**
 * An operation of a service's contract, and for whom. May be asked any number of times: what changes something carries the key by
 * which the service knows a repetition. Used by one thread.
 */
final class Question {

    static final String TENANT = "Plugins-Tenant";
    static final String PLUGIN = "Plugins-Plugin";
    static final String USER = "Plugins-User";
    static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private static final JsonMapper JSON = new JsonMapper();

    private final String method;
    private final StringBuilder address;
    private final Map<String, String> headers = new LinkedHashMap<>(Map.of("Accept", "application/json"));
    private final byte[] body;
    private char separator = '?';

    private Question(String method, String path, byte[] body) {
        this.method = method;
        this.address = new StringBuilder(path);
        this.body = body;
    }

    static Question reading(String path) {
        return new Question("GET", path, new byte[0]);
    }

    static Question change(String method, String path, JsonNode body) {
        Question question = new Question(method, path, bytes(body));
        question.headers.put("Content-Type", "application/json");
        question.headers.put(IDEMPOTENCY_KEY, UUID.randomUUID().toString());
        return question;
    }

    /** For whom; from the call's context. */
    Question by(TenantId tenant, PluginId plugin, Optional<UserId> user) {
        headers.put(TENANT, tenant.value());
        headers.put(PLUGIN, plugin.value());
        user.ifPresent(whose -> headers.put(USER, PercentText.encoded(whose.value())));
        return this;
    }

    /** A parameter of the address. */
    Question with(String name, Object value) {
        address.append(separator).append(name).append('=').append(PercentText.encoded(value.toString()));
        separator = '&';
        return this;
    }

    Question with(String name, Optional<?> value) {
        value.ifPresent(present -> with(name, present));
        return this;
    }

    Exchange.Request request() {
        return new Exchange.Request(method, address.toString(), Map.copyOf(headers), body);
    }

    private static byte[] bytes(JsonNode json) {
        try {
            return JSON.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of JSON cannot fail to be written", e);
        }
    }
}
