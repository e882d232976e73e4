package org.storysign.plugins.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.Guests;
import org.storysign.plugins.kit.Pauses;
import org.storysign.plugins.kit.Tenants;
import org.storysign.plugins.kit.Wat;

/**
 * One of two processes that handle events is killed under load: every event that either of them acknowledged is handled at least once. What
 * was acknowledged, the senders' own books say; what was handled, the keys that the handler kept.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QueueCrashIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int SENDERS_EACH = 2;
    private static final int LEAST_ACKNOWLEDGED = 40;
    private static final int LONGEST_PAUSE_MILLIS = 800;
    private static final String[] OPTIONS = {"-Xmx384m", "-XX:TieredStopAtLevel=1", "-Dstorysign.queue.lease=6s"};
    private static final byte[] RECORDER = Wat.assemble(Guests.recording());

    private final Random random = new Random(20_261_122);

    @SuppressWarnings("NullAway.Init") // before all tests
    private ServiceProcess survivor;

    /** What came of one kill. */
    private record Death(long inWork, int acknowledged, long again, double handledASecond, Duration recovery) {}

    @BeforeAll
    void start_the_one_that_lives() {
        survivor = ServiceProcess.start("queue-survivor", OPTIONS);
    }

    @AfterAll
    void stop_it() {
        survivor.close();
    }

    @Test
    void three_deaths_under_load_lose_no_acknowledged_event() {
        kill(3);
    }

    @Test
    @Tag("full")
    void twenty_deaths_under_load_lose_no_acknowledged_event() {
        kill(20);
    }

    @Test
    void an_event_that_got_lost_is_seen() {
        TenantId tenant = Tenants.fresh();
        Client client = Client.of(survivor, tenant);
        enableRecorder(client);
        EventSender sender = new EventSender(client, "saved");
        Thread thread = Thread.ofPlatform().start(sender);
        Pauses.await("acknowledgements", PATIENCE, () -> sender.acknowledged().size() >= 2);
        sender.stop();
        join(thread);
        try (QueueWitness witness = new QueueWitness(tenant)) {
            awaitHandled(List.of(sender), witness);
            String event = sender.acknowledged().getFirst();

            witness.lose(event);

            assertThat(missing(List.of(sender), witness)).containsExactly(event);
        }
    }

    @Test
    @Tag("full")
    void what_one_process_takes_in_and_works_off_is_told() {
        for (String hook : List.of("quiet", "saved")) {
            TenantId tenant = Tenants.fresh();
            enableRecorder(Client.of(survivor, tenant));
            try (QueueWitness witness = new QueueWitness(tenant)) {
                List<EventSender> senders = new ArrayList<>();
                for (int number = 0; number < 4; number++) {
                    senders.add(new EventSender(Client.of(survivor, tenant), hook));
                }
                Instant begin = Instant.now();
                List<Thread> threads = senders.stream()
                        .map(sender -> Thread.ofPlatform().start(sender))
                        .toList();
                Pauses.millis(10_000);
                senders.forEach(EventSender::stop);
                threads.forEach(QueueCrashIT::join);
                Instant sent = Instant.now();
                Pauses.await("the end of the queue", PATIENCE, () -> {
                    Pauses.millis(50);
                    return witness.states().keySet().equals(Set.of("done"));
                });
                int count = acknowledged(senders).size();
                System.out.printf(
                        "queue: hook %s, %d events, acknowledged a second %.0f, handled a second %.0f%n",
                        hook, count, aSecond(count, begin, sent), aSecond(count, begin, Instant.now()));
                assertThat(witness.states()).containsEntry("done", (long) count);
            }
        }
    }

    private static double aSecond(long count, Instant begin, Instant end) {
        return count * 1_000.0 / Duration.between(begin, end).toMillis();
    }

    private void kill(int times) {
        List<Death> deaths = new ArrayList<>();
        for (int time = 0; time < times; time++) {
            deaths.add(die(time));
        }
        tell(deaths);
        assertThat(deaths.stream().filter(death -> death.inWork > 0).count())
                .as("kills while an event was in work")
                .isGreaterThanOrEqualTo((times * 3 + 9) / 10);
    }

    private Death die(int number) {
        TenantId tenant = Tenants.fresh();
        enableRecorder(Client.of(survivor, tenant));
        try (QueueWitness witness = new QueueWitness(tenant);
                ServiceProcess victim = ServiceProcess.start("queue-victim-" + number, OPTIONS)) {
            List<EventSender> doomed = senders(victim, tenant);
            List<EventSender> lasting = senders(survivor, tenant);
            List<EventSender> all = new ArrayList<>(doomed);
            all.addAll(lasting);
            Instant begin = Instant.now();
            List<Thread> threads = all.stream()
                    .map(sender -> Thread.ofPlatform().start(sender))
                    .toList();
            Pauses.await(
                    "acknowledgements", PATIENCE, () -> acknowledged(doomed).size() >= LEAST_ACKNOWLEDGED);
            Pauses.millis(random.nextInt(LONGEST_PAUSE_MILLIS));
            if (number % 2 == 0) {
                // Every other one dies in the middle of something, however fast the machine is.
                assertThat(Pauses.until(PATIENCE, () -> witness.inWorkAt(victim) > 0))
                        .isTrue();
            }

            long handled = witness.states().getOrDefault("done", 0L);
            double aSecond =
                    handled * 1_000.0 / Duration.between(begin, Instant.now()).toMillis();
            victim.kill();
            long inWork = witness.inWorkAt(victim);
            Instant killed = Instant.now();
            lasting.forEach(EventSender::stop);
            threads.forEach(QueueCrashIT::join);

            awaitHandled(all, witness);
            Duration recovery = Duration.between(killed, Instant.now());
            Pauses.await(
                    "the end of the queue",
                    PATIENCE,
                    () -> witness.states().keySet().equals(Set.of("done")));
            assertThat(all).allSatisfy(sender -> assertThat(sender.complaint()).isEmpty());
            long again = witness.handled().values().stream()
                    .mapToLong(times -> times - 1)
                    .sum();
            return new Death(inWork, acknowledged(all).size(), again, aSecond, recovery);
        }
    }

    private static List<EventSender> senders(ServiceProcess process, TenantId tenant) {
        List<EventSender> senders = new ArrayList<>();
        for (int number = 0; number < SENDERS_EACH; number++) {
            senders.add(new EventSender(Client.of(process, tenant), "saved"));
        }
        return senders;
    }

    private static void awaitHandled(List<EventSender> senders, QueueWitness witness) {
        Pauses.until(PATIENCE, () -> {
            Pauses.millis(100);
            return missing(senders, witness).isEmpty();
        });
        assertThat(missing(senders, witness)).as("acknowledged and not handled").isEmpty();
    }

    private static Set<String> missing(List<EventSender> senders, QueueWitness witness) {
        Set<String> missing = new LinkedHashSet<>(acknowledged(senders));
        missing.removeAll(witness.handled().keySet());
        return missing;
    }

    private static List<String> acknowledged(List<EventSender> senders) {
        return senders.stream()
                .flatMap(sender -> sender.acknowledged().stream())
                .toList();
    }

    private static void enableRecorder(Client client) {
        assertThat(client.install("""
                        {"manifest_version": 1, "id": "recorder", "name": "Recorder", "version": "1.0.0",
                         "description": "Keeps which events it was told of", "author": "The tests", "entry_point": "plugin.wasm",
                         "permissions": ["storage:write"],
                         "hooks": [{"name": "saved", "type": "after", "handler": "handle", "on_error": "closed"}]}""", RECORDER).status()).isEqualTo(201);
        Client.Answer asked = client.post("/recorder/enable", "{\"grants\": [\"storage:write\"]}");
        if (asked.status() == 409) {
            asked = client.post(
                    "/recorder/enable",
                    "{\"grants\": [\"storage:write\"], \"consent\": \""
                            + asked.json().path("consent").asText() + "\"}");
        }
        assertThat(asked.status()).isEqualTo(200);
    }

    private static void tell(List<Death> deaths) {
        Map<Long, Integer> histogram = new TreeMap<>();
        deaths.forEach(death -> histogram.merge(death.inWork, 1, Integer::sum));
        System.out.printf(
                "queue: %d deaths, events in work at the dead process -> deaths %s, acknowledged %d, lost 0, handled again %d, "
                        + "handled a second %.0f to %.0f, last event handled after the death %d to %d ms%n",
                deaths.size(),
                histogram,
                deaths.stream().mapToInt(Death::acknowledged).sum(),
                deaths.stream().mapToLong(Death::again).sum(),
                deaths.stream().mapToDouble(Death::handledASecond).min().orElse(0),
                deaths.stream().mapToDouble(Death::handledASecond).max().orElse(0),
                deaths.stream()
                        .mapToLong(death -> death.recovery.toMillis())
                        .min()
                        .orElse(0),
                deaths.stream()
                        .mapToLong(death -> death.recovery.toMillis())
                        .max()
                        .orElse(0));
    }

    private static void join(Thread thread) {
        try {
            thread.join(PATIENCE);
            assertThat(thread.isAlive()).isFalse();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
