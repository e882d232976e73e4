package org.storysign.plugins.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.Bombs;
import org.storysign.plugins.kit.Bombs.Bomb;
import org.storysign.plugins.kit.Guests;
import org.storysign.plugins.kit.Pauses;
import org.storysign.plugins.kit.Tenants;
import org.storysign.plugins.kit.Wat;

/** The same bombs where nobody looks at them before the engine does: what they kill is a process that is there for that. */
@Tag("full")
class UnguardedBombsIT {

    /** The trial's, and as long as the service itself parses what took no longer. */
    private static final Duration MOST_TIME = Duration.ofSeconds(11);

    private static final double MOST_GROWTH = 1.05;

    private static final String[] JVM = {
        "-Xms384m",
        "-Xmx384m",
        "-XX:MaxDirectMemorySize=128m",
        "-XX:+ExitOnOutOfMemoryError",
        "-XX:+AlwaysPreTouch",
        // What the JVM's own compiler has freed is not what a bomb left behind.
        "-XX:TrimNativeHeapInterval=500"
    };

    /** Small ones that are refused, and a large one that goes through every step of the service: what they need stays once. */
    private static final Set<String> FIRST =
            Set.of("type count of 2^31", "element count of 2^31", "data length of 2^31", "200,000 operands");

    private final TenantId tenant = Tenants.fresh();

    @Test
    void without_the_pre_flight_reader_no_bomb_takes_the_service_down_or_stays(@TempDir Path folder) {
        Path jar = UnguardedBuild.in(folder);
        try (ServiceProcess service = ServiceProcess.startFrom(jar, "unguarded", Map.of(), JVM);
                HeapProbe probe = new HeapProbe(service.pid())) {
            Client client = Client.of(service, tenant);
            client.install(manifest("good"), Wat.assemble(Guests.answering("fine")));
            assertThat(client.enable("good").status()).isEqualTo(200);
            List<Bomb> bombs = Bombs.list();
            bombs.stream().filter(bomb -> FIRST.contains(bomb.name())).forEach(bomb -> throwAt(client, bomb));
            long before = resident(service, probe);

            Duration longest = Duration.ZERO;
            for (Bomb bomb : bombs) {
                Instant start = Instant.now();
                String verdict = throwAt(client, bomb);
                Duration time = Duration.between(start, Instant.now());
                longest = time.compareTo(longest) > 0 ? time : longest;
                System.out.printf("%s: %s after %d ms%n", bomb, verdict, time.toMillis());

                assertThat(time).as(bomb.name()).isLessThan(MOST_TIME);
                assertThat(client.call("good", "handle").body()).isEqualTo("fine");
            }
            long after = resident(service, probe);

            System.out.printf(
                    "longest %d ms, resident before %d MiB, after %d MiB%n",
                    longest.toMillis(), before >> 10, after >> 10);
            assertThat((double) after / before).isLessThan(MOST_GROWTH);
            assertThat(service.said()).doesNotContain("OutOfMemoryError");
        }
    }

    /** Refused; or a valid module that needs only limits when it is called; or stopped by the meter's own reader, which nobody expects. */
    private static String throwAt(Client client, Bomb bomb) {
        Client.Answer answer = client.install(manifest("bomb"), bomb.bytes());
        String code = answer.json().path("code").asText("installed");
        assertThat(List.of("installed", "module-rejected", "module-invalid", "module-malformed", "internal-error"))
                .contains(code);
        client.delete("/bomb");
        return code + " " + answer.json().at("/findings/0/rule").asText("");
    }

    /** KiB, after a collection and after memory was given back to the system. */
    private static long resident(ServiceProcess service, HeapProbe probe) {
        assertThat(probe.heapInUse()).isPositive();
        Pauses.millis(2_000);
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(service.pid()), "status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .map(line -> line.replaceAll("\\D", ""))
                    .mapToLong(Long::parseLong)
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String manifest(String id) {
        return """
                {"manifest_version": 1, "id": "%s", "name": "Bomb", "version": "1.0.0", "description": "Goes off or does not",
                 "author": "The tests", "entry_point": "plugin.wasm"}""".formatted(id);
    }
}
