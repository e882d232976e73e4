package org.storysign.plugins.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.Guests;
import org.storysign.plugins.kit.Pauses;
import org.storysign.plugins.kit.Tenants;
import org.storysign.plugins.kit.Wat;
import org.storysign.plugins.manifest.ManifestReader;
import org.storysign.plugins.signature.KeyAlgorithm;
import org.storysign.plugins.signature.PackageStatement;
import org.storysign.plugins.signature.SigningKey;
import org.storysign.plugins.wasm.WasmBinary;

/** Level isolated in the packaged service, whose classes come from jars: its worker is there, shut in, killed, replaced and gone. */
class IsolatedIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String ID = "walled";
    private static final String MANIFEST = """
            {"manifest_version": 1, "id": "walled", "name": "Walled", "version": "1.0.0", "description": "Runs behind a wall",
             "author": "The tests", "entry_point": "plugin.wasm", "sandbox_config": {"security_level": "isolated"}}""";

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final TenantId tenant = Tenants.fresh();
    private final SigningKey.Pair publisher = SigningKey.generate(KeyAlgorithm.ED25519);

    @Test
    void a_plugin_of_level_isolated_runs_in_a_worker_that_is_killed_at_its_limit_and_goes_with_the_plugin() {
        try (ServiceProcess service = ServiceProcess.start("isolated")) {
            Client client = Client.of(service, tenant);
            install(client);
            assertThat(client.enable(ID).body()).contains("\"enabled\"");

            assertThat(client.post("/walled/call/handle", "{}").body()).contains("behind a wall");
            ProcessHandle worker = workers(service).getFirst();
            assertThat(read(worker, "environ")).isEmpty();
            assertThat(read(worker, "status")).containsPattern("Seccomp:\\s+2");
            assertThat(read(worker, "cmdline")).doesNotContain("quarkus-run", "postgres");

            signal(worker, "STOP");
            Client.Answer overdue = client.post("/walled/call/handle", "{}");
            assertThat(overdue.json().path("code").asText()).isEqualTo("run-time-exceeded");
            assertThat(worker.isAlive()).isFalse();
            assertThat(client.post("/walled/call/handle", "{}").status()).isEqualTo(200);

            assertThat(client.disable(ID).status()).isEqualTo(200);
            Pauses.await("no worker", PATIENCE, () -> workers(service).isEmpty());
        }
    }

    private void install(Client client) {
        byte[] module = Wat.assemble(Guests.answering("{\"said\": \"behind a wall\"}"));
        PackageStatement statement = PackageStatement.of(
                new ManifestReader()
                        .read(MANIFEST.getBytes(StandardCharsets.UTF_8))
                        .source(),
                new WasmBinary(module).digest());
        String pem = publisher.verifying().pem().replace("\n", "\\n");
        assertThat(client.post("/publishers", "{\"publisher\": \"acme\", \"public_key\": \"" + pem + "\"}")
                        .status())
                .isEqualTo(201);
        Client.Answer installed = client.post(
                "/install",
                "{\"manifest\":" + MANIFEST + ",\"module\":\""
                        + Base64.getEncoder().encodeToString(module) + "\",\"signatures\":["
                        + JSON.textNode(publisher.signing().sign(statement).bundle()) + "]}");
        assertThat(installed.status()).as(installed.body()).isEqualTo(201);
    }

    private static List<ProcessHandle> workers(ServiceProcess service) {
        return ProcessHandle.of(service.pid()).stream()
                .flatMap(ProcessHandle::descendants)
                .filter(child -> read(child, "cmdline").contains("WorkerMain"))
                .toList();
    }

    private static String read(ProcessHandle process, String file) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid() + "/" + file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void signal(ProcessHandle process, String name) {
        try {
            new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
