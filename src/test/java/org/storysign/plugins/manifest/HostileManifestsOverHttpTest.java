package org.storysign.plugins.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.RestAssured;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.kit.Guests;
import org.storysign.plugins.kit.ServiceTest;
import org.storysign.plugins.kit.TestDatabase;
import org.storysign.plugins.kit.Wat;
import org.storysign.plugins.rest.ApiTenant;

/** The same as {@link HostileManifestsTest}, by the way attackers have. */
@ServiceTest
class HostileManifestsOverHttpTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final byte[] MODULE = Wat.assemble(Guests.answering("fine"));

    private final ApiTenant tenant = new ApiTenant();

    @Test
    void every_hostile_manifest_is_refused_as_a_whole_problem_and_nothing_is_there()
            throws IOException, InterruptedException {
        Map<String, byte[]> hostile = HostileManifests.all();
        Map<String, String> wrong = new TreeMap<>();

        try (HttpClient client = HttpClient.newHttpClient()) {
            for (Map.Entry<String, byte[]> manifest : hostile.entrySet()) {
                HttpResponse<byte[]> answer =
                        client.send(upload(manifest.getValue()), HttpResponse.BodyHandlers.ofByteArray());
                JsonNode problem = JSON.readTree(answer.body());
                if (answer.statusCode() != 422
                        || !problem.path("code").asText().equals("manifest-invalid")
                        || problem.path("errors").isEmpty()) {
                    wrong.put(manifest.getKey(), answer.statusCode() + " " + problem);
                }
            }
        }

        assertThat(wrong).isEmpty();
        assertThat(hostile).hasSizeGreaterThan(200);
        assertThat(tenant.admin().get(ApiTenant.BASE).<Integer>path("plugins.size()"))
                .isZero();
        System.out.printf("hostile manifests over HTTP %d, accepted 0%n", hostile.size());
    }

    private HttpRequest upload(byte[] manifest) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + ApiTenant.BASE + "/upload"))
                .header("X-API-Key", TestDatabase.ADMIN_KEY)
                .header("Plugins-Tenant", tenant.id().value())
                .header("Content-Type", "multipart/form-data; boundary=x7f3a")
                .POST(HttpRequest.BodyPublishers.ofByteArray(form(manifest)))
                .build();
    }

    private static byte[] form(byte[] manifest) {
        ByteArrayOutputStream form = new ByteArrayOutputStream();
        part(form, "manifest", manifest);
        part(form, "module", MODULE);
        form.writeBytes("--x7f3a--\r\n".getBytes(StandardCharsets.US_ASCII));
        return form.toByteArray();
    }

    private static void part(ByteArrayOutputStream form, String name, byte[] content) {
        form.writeBytes(("--x7f3a\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        form.writeBytes(content);
        form.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
    }
}
