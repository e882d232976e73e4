package org.storysign.plugins.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.Pauses;
import org.storysign.plugins.kit.Tenants;

/**
 * Control C28, the database's part: a process of PostgreSQL is killed in the midst of changes, whereupon PostgreSQL ends all others, throws
 * away its memory and recovers from its log. What was acknowledged stays, what was begun is all or nothing, and the service goes on by
 * itself.
 */
class DatabaseCrashIT {

    private static final int OPERATORS = 3;
    private static final int LONGEST_PAUSE_MILLIS = 300;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Random random = new Random(20_261_123);
    private final TenantId tenant = Tenants.fresh();
    private final Map<String, Integer> histogram = new TreeMap<>();
    private int acknowledged;
    private int inTransaction;

    @Test
    void eight_crashes_lose_nothing_acknowledged_and_leave_nothing_half_done() {
        crash(8);
    }

    @Test
    @Tag("full")
    void a_hundred_and_seventy_crashes_lose_nothing_acknowledged_and_leave_nothing_half_done() {
        crash(170);
    }

    private void crash(int times) {
        try (ServiceProcess service = ServiceProcess.start("crashed")) {
            Client client = Client.of(service, tenant);
            for (int time = 0; time < times; time++) {
                crash(client, service.name(), time);
            }
        }
        System.out.println("crashes of the database " + times + ", in a transaction " + inTransaction
                + ", acknowledged steps " + acknowledged + ", where: " + histogram);
        assertThat(inTransaction).as("inside a transaction").isGreaterThanOrEqualTo(times * 3 / 10);
    }

    private void crash(Client client, String application, int time) {
        Operators operators = Operators.start(OPERATORS, client, "d" + time);
        Pauses.await("steps", PATIENCE, () -> operators.answers() >= OPERATORS);
        Pauses.millis(random.nextInt(LONGEST_PAUSE_MILLIS));
        try (Witness witness = new Witness(tenant)) {
            boolean wanted = time % 4 > 0;
            Pauses.await(
                    "a connection of the service",
                    PATIENCE,
                    () -> witness.backend(application)
                            .filter(backend -> !wanted || backend.inTransaction())
                            .map(this::kill)
                            .orElse(false));
        }
        operators.stop();
        operators.join();
        Pauses.await("the database", PATIENCE, () -> isBack(client));

        try (Witness witness = new Witness(tenant)) {
            Map<String, String> stored = new TreeMap<>(witness.storedStates());
            assertThat(stored).as("%s", witness.reasons()).isEqualTo(witness.auditedStates());
            assertThat(witness.leftovers()).isEmpty();
            stored.putAll(witness.storedParts());
            operators.all().forEach(operator -> Operators.requireAcknowledged(operator, stored));
            repair(client, witness, operators);
        }
        acknowledged += operators.answers();
    }

    private boolean kill(Witness.Backend backend) {
        Optional<ProcessHandle> process = ProcessHandle.of(backend.pid());
        boolean killed = process.map(ProcessHandle::destroyForcibly).orElse(false);
        if (killed) {
            inTransaction += backend.inTransaction() ? 1 : 0;
            String where = (backend.inTransaction() ? "in a transaction, " : "idle after ")
                    + backend.query()
                            .replaceAll("\\s+", " ")
                            .replaceAll("[$'(].*", "")
                            .strip();
            histogram.merge(where, 1, Integer::sum);
        }
        return killed;
    }

    /** Whether the service answers again, by itself. */
    private static boolean isBack(Client client) {
        try {
            return client.outside("/q/health/ready").status() == 200
                    && client.get("/").status() == 200;
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    /** Everything that was begun can be finished: what is being enabled is, and all of it can be removed. */
    private static void repair(Client client, Witness witness, Operators operators) {
        witness.endLeases();
        operators
                .all()
                .forEach(operator -> operator.book().keySet().stream()
                        .filter(what -> !what.contains(" "))
                        .forEach(id -> {
                            if (client.state(id).equals("enabling")) {
                                // The service gives the ended lease up as well: who comes second is told so, and asks
                                // again.
                                Pauses.await(
                                        id, PATIENCE, () -> client.enable(id).status() == 200);
                            }
                            assertThat(client.delete("/" + id).status()).as(id).isIn(204, 404);
                        }));
    }
}
