package org.storysign.plugins.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import org.storysign.plugins.kit.Wat;

/** A running service, as its administrator sees it. */
record BenchService(String base, String key, HttpClient client) {

    private static final String STORING_GRANTS = "\"grants\":[\"storage:read\",\"storage:write\"]";

    BenchService(String base, String key) {
        this(
                base,
                key,
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build());
    }

    /** Installs and enables a plugin, with consent where that is asked. */
    void install(String id, String wat, String more) throws IOException, InterruptedException {
        install(id, Wat.assemble(wat), more);
    }

    /** The same with a module's bytes. */
    void install(String id, byte[] bytes, String more) throws IOException, InterruptedException {
        String manifest = """
                {"manifest_version":1,"id":"%s","name":"%s","version":"1.0.0","description":"For measuring",
                 "author":"bench","entry_point":"plugin.wasm",%s}""".formatted(id, id, more);
        String module = Base64.getEncoder().encodeToString(bytes);
        String body = "{\"manifest\":" + manifest + ",\"module\":\"" + module + "\"}";
        require(client.send(post("/api/plugins/install", body), BodyHandlers.ofString()), 200, 201);
        String grants = more.contains("permissions") ? STORING_GRANTS : "\"grants\":[]";
        HttpResponse<String> answer = enable(id, "{" + grants + "}");
        String consent = answer.body().replaceAll("(?s).*\"consent\":\"([0-9a-f]+)\".*", "$1");
        require(
                answer.statusCode() == 409 ? enable(id, "{" + grants + ",\"consent\":\"" + consent + "\"}") : answer,
                200,
                200);
    }

    private HttpResponse<String> enable(String id, String body) throws IOException, InterruptedException {
        return client.send(post("/api/plugins/" + id + "/enable", body), BodyHandlers.ofString());
    }

    private static void require(HttpResponse<String> answer, int status, int orStatus) {
        if (answer.statusCode() != status && answer.statusCode() != orStatus) {
            throw new IllegalStateException(answer.uri() + " answers " + answer.statusCode() + ": " + answer.body());
        }
    }

    HttpRequest delete(String id) {
        return to("/api/plugins/" + id).DELETE().build();
    }

    HttpRequest get(String path) {
        return to(path).GET().build();
    }

    HttpRequest post(String path, String json) {
        return to(path).header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json))
                .build();
    }

    HttpRequest call(String id, String export, String input) {
        return to("/api/plugins/" + id + "/call/" + export)
                .header("Content-Type", "application/octet-stream")
                .POST(BodyPublishers.ofString(input))
                .build();
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(base + path)).header("Authorization", "Bearer " + key);
    }
}
