package org.storysign.plugins.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.Bombs;
import org.storysign.plugins.kit.Bombs.Bomb;
import org.storysign.plugins.kit.Guests;
import org.storysign.plugins.kit.Tenants;
import org.storysign.plugins.kit.Wat;

/** Modules that kill an unprotected JVM, brought to a service of 512 MiB over HTTP. */
class BombsIT {

    private static final long MIB = 1L << 20;
    private static final long MOST_HEAP = 64 * MIB;
    private static final long LEFT_BEHIND = 8 * MIB;
    private static final Duration MOST_CPU = Duration.ofSeconds(1);

    /** The young generation is small, so that garbage, which is counted too, stays little. */
    private static final String[] JVM = {"-Xmx512m", "-Xmn16m", "-XX:MaxDirectMemorySize=128m"};

    private final TenantId tenant = Tenants.fresh();

    @Test
    void every_bomb_is_refused_within_a_second_of_cpu_and_64_mebibytes_of_heap_and_nothing_stays() {
        try (ServiceProcess service = ServiceProcess.start("bombed", JVM);
                HeapProbe probe = new HeapProbe(service.pid())) {
            assertThat(probe.largestHeap()).isLessThanOrEqualTo(512 * MIB);
            Client client = Client.of(service, tenant);
            assertThat(client.install(manifest("good"), Wat.assemble(Guests.answering("fine")))
                            .status())
                    .isEqualTo(201);
            Bombs.list().forEach(bomb -> throwAt(client, bomb));
            long before = probe.heapInUse();

            long highest = 0;
            Duration slowest = Duration.ZERO;
            Duration longest = Duration.ZERO;
            for (Bomb bomb : Bombs.list()) {
                Instant start = Instant.now();
                HeapProbe.Cost cost = probe.of(() -> throwAt(client, bomb));
                longest = max(longest, Duration.between(start, Instant.now()));
                slowest = max(slowest, cost.cpu());
                highest = Math.max(highest, cost.heap());

                assertThat(cost.heap()).as("heap of " + bomb).isLessThan(MOST_HEAP);
                assertThat(cost.cpu()).as("CPU time of " + bomb).isLessThan(MOST_CPU);
            }

            assertThat(probe.heapInUse() - before).isLessThan(LEFT_BEHIND);
            assertThat(client.get("/").json().path("plugins")).hasSize(1);
            assertThat(client.enable("good").status()).isEqualTo(200);
            assertThat(client.call("good", "handle").body()).isEqualTo("fine");
            System.out.printf(
                    "bombs %d, most heap %d MiB, most CPU %d ms, longest with two collections %d ms%n",
                    Bombs.list().size(), highest / MIB, slowest.toMillis(), longest.toMillis());
        }
    }

    private static void throwAt(Client client, Bomb bomb) {
        Client.Answer answer = client.install(manifest("bomb"), bomb.bytes());

        assertThat(answer.status()).as(bomb + ": " + answer.body()).isBetween(400, 499);
        assertThat(answer.json().path("code").asText())
                .as(bomb.name())
                .isEqualTo(bomb.code().code());
    }

    private static String manifest(String id) {
        return """
                {"manifest_version": 1, "id": "%s", "name": "Bomb", "version": "1.0.0", "description": "Goes off or does not",
                 "author": "The tests", "entry_point": "plugin.wasm"}""".formatted(id);
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
