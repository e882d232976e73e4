package org.storysign.plugins.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.Guests;
import org.storysign.plugins.kit.Pauses;
import org.storysign.plugins.kit.Tenants;
import org.storysign.plugins.kit.TestDatabase;
import org.storysign.plugins.kit.Wat;

/**
 * Control C3: processes die while they load a stored module, twice; then three of them start, are ready and serve everything else. A module
 * whose load does not come to an end keeps nobody from being ready.
 */
class PoisonIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** Few connections: three processes load what all tests before left behind. */
    private static final Map<String, String> SETTINGS = Map.of(
            "storysign.load.patience",
            "1s",
            "storysign.load.dead-after",
            "3s",
            "quarkus.datasource.reactive.max-size",
            "8");

    private final TenantId tenant = Tenants.fresh();

    @Test
    void a_module_at_which_two_processes_died_is_quarantined_by_the_next_and_no_start_waits_for_it() {
        try (ServiceProcess first = ServiceProcess.startWith("first", SETTINGS)) {
            enable(Client.of(first, tenant), "poison");
            assertThat(notes()).as("nothing is left of a load that went well").isZero();
        }

        dieLoading("one", 1);
        dieLoading("two", 2);
        Pauses.millis(3_500);

        List<ServiceProcess> replicas = Stream.of("a", "b", "c")
                .map(name -> ServiceProcess.startWith("replica-" + name, SETTINGS))
                .toList();
        try {
            replicas.forEach(PoisonIT::awaitReady);
            List<Client> clients =
                    replicas.stream().map(replica -> Client.of(replica, tenant)).toList();
            Pauses.await(
                    "quarantine",
                    PATIENCE,
                    () -> clients.getFirst().state("poison").equals("quarantined"));
            assertThat(clients.getFirst().get("/poison").body()).contains("processes of the service died");

            enable(clients.getFirst(), "healthy");
            clients.forEach(client -> Pauses.await(
                    "the other plugin",
                    PATIENCE,
                    () -> client.post("/healthy/call/handle", "{}").status() == 200));
            assertThat(clients.getLast().enable("poison").status())
                    .as("an operator has it tried again")
                    .isEqualTo(200);
        } finally {
            replicas.forEach(ServiceProcess::close);
        }
    }

    /** Loads come to the module's bytes and no further, for as long as the lock is held. */
    private void dieLoading(String name, int notes) {
        try (Connection superuser = TestDatabase.asSuperuser();
                Statement statement = superuser.createStatement()) {
            superuser.setAutoCommit(false);
            statement.execute("LOCK TABLE artifact IN ACCESS EXCLUSIVE MODE");
            ServiceProcess victim = ServiceProcess.startWith("victim-" + name, SETTINGS);
            awaitReady(victim);
            Pauses.await("a load that is noted", PATIENCE, () -> notes() == notes);
            victim.kill();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaitReady(ServiceProcess process) {
        Pauses.await(process.name(), PATIENCE, () -> {
            try {
                return Client.of(process, TenantId.DEFAULT)
                                .outside("/q/health/ready")
                                .status()
                        == 200;
            } catch (UncheckedIOException notYet) {
                return false;
            }
        });
    }

    private static void enable(Client client, String id) {
        String manifest = """
                {"manifest_version": 1, "id": "%s", "name": "Loaded", "version": "1.0.0", "description": "Is loaded, or kills",
                 "author": "The tests", "entry_point": "plugin.wasm"}""".formatted(id);
        byte[] module =
                Wat.assemble(Guests.answering("{\"said\": \"" + id + "\"}").replace("(memory", "(func) (memory"));
        assertThat(client.install(manifest, module).status()).isEqualTo(201);
        assertThat(client.enable(id).status()).isEqualTo(200);
    }

    private long notes() {
        try (Connection superuser = TestDatabase.asSuperuser();
                Statement statement = superuser.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT count(*) FROM load_attempt WHERE tenant = '" + tenant + "'")) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
