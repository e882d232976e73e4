package org.storysign.plugins.packaged;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.TestDatabase;

/** The administrator of one tenant at one process. */
record Client(URI address, TenantId tenant, String key) {

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * A status and a body.
     *
     * @param etag empty when there was none
     */
    record Answer(int status, String body, String etag) {

        JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    static Client of(ServiceProcess process, TenantId tenant) {
        return new Client(process.address(), tenant, TestDatabase.ADMIN_KEY);
    }

    /** The same with another key or token. */
    Client as(String other) {
        return new Client(address, tenant, other);
    }

    Answer get(String path) {
        return send(to(path).GET().build());
    }

    Answer post(String path, String json) {
        return send(to(path).header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json))
                .build());
    }

    Answer post(String path, String json, String idempotencyKey) {
        return send(to(path).header("Content-Type", "application/json")
                .header("Idempotency-Key", idempotencyKey)
                .POST(BodyPublishers.ofString(json))
                .build());
    }

    Answer put(String path, String ifMatch, String json) {
        return send(to(path).header("Content-Type", "application/json")
                .header("If-Match", ifMatch)
                .PUT(BodyPublishers.ofString(json))
                .build());
    }

    /** Something beside the API. */
    Answer outside(String path) {
        return send(HttpRequest.newBuilder(URI.create(address + path))
                .timeout(Duration.ofSeconds(30))
                .build());
    }

    /** Without a condition. */
    Answer put(String path, String json) {
        return send(to(path).header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(json))
                .build());
    }

    /** Only if it is not there. */
    Answer create(String path, String json) {
        return send(to(path).header("Content-Type", "application/json")
                .header("If-None-Match", "*")
                .PUT(BodyPublishers.ofString(json))
                .build());
    }

    Answer delete(String path) {
        return send(to(path).DELETE().build());
    }

    Answer install(String manifest, byte[] module) {
        return post(
                "/install",
                "{\"manifest\":" + manifest + ",\"module\":\""
                        + Base64.getEncoder().encodeToString(module) + "\"}");
    }

    Answer enable(String id) {
        return post("/" + id + "/enable", "{}");
    }

    Answer disable(String id) {
        return post("/" + id + "/disable", "{}");
    }

    /** The state as told, or {@code absent}. */
    String state(String id) {
        Answer answer = get("/" + id);
        return answer.status() == 404 ? "absent" : answer.json().path("state").asText();
    }

    Answer call(String id, String export) {
        return send(to("/" + id + "/call/" + export)
                .header("Content-Type", "application/octet-stream")
                .POST(BodyPublishers.noBody())
                .build());
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(address + "/api/plugins" + path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + key)
                .header("Plugins-Tenant", tenant.value());
    }

    /** Fails with {@link UncheckedIOException} when the process is not there any more. */
    private static Answer send(HttpRequest request) {
        try {
            HttpResponse<String> answer = HTTP.send(request, BodyHandlers.ofString());
            return new Answer(
                    answer.statusCode(),
                    answer.body(),
                    answer.headers().firstValue("ETag").orElse(""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
