package org.storysign.plugins.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.Guests;
import org.storysign.plugins.kit.Tenants;
import org.storysign.plugins.kit.TestDatabase;
import org.storysign.plugins.kit.Wat;

/** A hundred plugins that want the largest memory there is, all at once, of a service of 1 GiB that ends at its first OutOfMemoryError. */
class MemoryIT {

    private static final int PLUGINS = 100;
    private static final int SMALL_CALLS = 20;
    private static final int ROUNDS = 3;
    private static final long LEFT_BEHIND = 8L << 20;
    private static final String[] JVM = {"-Xmx1g", "-XX:MaxDirectMemorySize=128m", "-XX:+ExitOnOutOfMemoryError"};

    /** Has the service say of each call how long it had the request until its answer was out. */
    private static final Map<String, String> TIMED = Map.of(
            "quarkus.http.access-log.enabled",
            "true",
            "quarkus.http.access-log.pattern",
            "answered %s after %D ms: %U",
            "quarkus.http.record-request-start-time",
            "true");

    private static final Pattern ANSWERED = Pattern.compile("answered (\\d+) after (\\d+) ms: \\S+/call/handle");

    /** Comes to 125 MiB, writes to all of it and works for a while: grown by doubling, or there from the start. */
    private static final String FILLS = """
            (module (memory (export "memory") %1$d)
              (func (export "handle") (result i32) (local i32)
                (loop $grow
                  (if (i32.lt_u (memory.size) (i32.const 2000)) (then
                    (if (i32.eq (memory.grow (select (memory.size) (i32.sub (i32.const 2000) (memory.size))
                          (i32.lt_u (memory.size) (i32.const 1000)))) (i32.const -1)) (then unreachable))
                    (br $grow))))
                (memory.fill (i32.const 0) (i32.const 165) (i32.const 131072000))
                (loop $work
                  (local.set 0 (i32.add (local.get 0) (i32.const 1)))
                  (br_if $work (i32.lt_u (local.get 0) (i32.const 20000000))))
                (i32.const 0)))""";

    private static final byte[] GROWING = Wat.assemble(FILLS.formatted(1));
    private static final byte[] LARGE = Wat.assemble(FILLS.formatted(2000));

    private final TenantId tenant = Tenants.fresh();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private record Answer(String plugin, HttpResponse<String> response, Duration after) {

        boolean isRefused() {
            return response.statusCode() == 503 || response.statusCode() == 429;
        }
    }

    @Test
    void a_hundred_plugins_of_maximum_memory_at_once_exhaust_nothing_and_the_excess_is_told_to_come_again() {
        try (ServiceProcess service = ServiceProcess.startWith("crowded", TIMED, JVM);
                HeapProbe probe = new HeapProbe(service.pid())) {
            Client client = Client.of(service, tenant);
            install(client);
            for (int round = 0; round < ROUNDS; round++) {
                storm(service);
            }
            int warmUp = service.said().length();
            long soon = refusals(client, "bucket{le=\"0.02\"}");
            long inTime = refusals(client, "bucket{le=\"0.05\"}");
            long all = refusals(client, "count");
            long before = probe.heapInUse();

            List<Answer> answers = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                answers.addAll(storm(service));
            }
            long after = probe.heapInUse();

            assertThat(answers)
                    .allSatisfy(answer -> assertThat(answer.response().statusCode())
                            .as(answer.response().body())
                            .isIn(200, 429, 503));
            assertThat(answers)
                    .filteredOn(Answer::isRefused)
                    .isNotEmpty()
                    .allSatisfy(answer -> assertThat(answer.response().headers().firstValue("Retry-After"))
                            .hasValue("1"));
            assertThat(answers)
                    .filteredOn(answer -> answer.plugin().equals("small"))
                    .hasSize(ROUNDS * SMALL_CALLS)
                    .noneMatch(Answer::isRefused);
            assertThat(after - before).isLessThan(LEFT_BEHIND);
            report(answers, before, after);
            reportOfService(service.said().substring(warmUp));
            System.out.printf(
                    Locale.ROOT,
                    "in the service, from the call that was asked for: within 20 ms %d, within 50 ms %d, of %d%n",
                    refusals(client, "bucket{le=\"0.02\"}") - soon,
                    refusals(client, "bucket{le=\"0.05\"}") - inTime,
                    refusals(client, "count") - all);
            uninstall(client);
        }
    }

    private static void install(Client client) {
        client.install(manifest("small", "standard"), Wat.assemble(Guests.answering("fine")));
        assertThat(client.enable("small").status()).isEqualTo(200);
        for (int number = 0; number < PLUGINS; number++) {
            String id = name(number);
            assertThat(client.install(manifest(id, "minimal"), number % 2 == 0 ? GROWING : LARGE)
                            .status())
                    .isEqualTo(201);
            String consent = client.post("/" + id + "/enable", "{\"level\": \"minimal\"}")
                    .json()
                    .path("consent")
                    .asText();
            Client.Answer enabled =
                    client.post("/" + id + "/enable", "{\"level\": \"minimal\", \"consent\": \"" + consent + "\"}");
            assertThat(enabled.status()).as(enabled.body()).isEqualTo(200);
        }
    }

    /** So that the processes of other tests do not load them. */
    private static void uninstall(Client client) {
        for (int number = 0; number < PLUGINS; number++) {
            assertThat(client.delete("/" + name(number)).status()).isEqualTo(204);
        }
    }

    private static String name(int number) {
        return (number % 2 == 0 ? "growing-" : "large-") + number;
    }

    /** Calls all large ones at once, and small ones among them. */
    private List<Answer> storm(ServiceProcess service) {
        List<CompletableFuture<Answer>> calls = new ArrayList<>(IntStream.range(0, PLUGINS)
                .mapToObj(number -> call(service, name(number)))
                .toList());
        IntStream.range(0, SMALL_CALLS).forEach(number -> calls.add(call(service, "small")));
        return calls.stream().map(CompletableFuture::join).toList();
    }

    private CompletableFuture<Answer> call(ServiceProcess service, String id) {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(service.address() + "/api/plugins/" + id + "/call/handle"))
                .timeout(Duration.ofMinutes(1))
                .header("Authorization", "Bearer " + TestDatabase.ADMIN_KEY)
                .header("Plugins-Tenant", tenant.value())
                .header("Content-Type", "application/octet-stream")
                .POST(BodyPublishers.noBody())
                .build();
        long start = System.nanoTime();
        return http.sendAsync(request, BodyHandlers.ofString())
                .thenApply(response -> new Answer(id, response, Duration.ofNanos(System.nanoTime() - start)));
    }

    private static void report(List<Answer> answers, long before, long after) {
        for (String kind : List.of("growing", "large", "small")) {
            Stream<Answer> ofKind =
                    answers.stream().filter(answer -> answer.plugin().startsWith(kind));
            List<Answer> all = ofKind.toList();
            List<Long> refused = all.stream()
                    .filter(Answer::isRefused)
                    .map(answer -> answer.after().toMillis())
                    .sorted()
                    .toList();
            System.out.printf(
                    Locale.ROOT,
                    "%s: %d calls, %d refused, refused after ms: p50 %d, p99 %d, most %d%n",
                    kind,
                    all.size(),
                    refused.size(),
                    at(refused, 50),
                    at(refused, 99),
                    at(refused, 100));
        }
        System.out.printf(
                Locale.ROOT, "heap after collection: before %d KiB, after %d KiB%n", before >> 10, after >> 10);
    }

    private static long refusals(Client client, String series) {
        String name = "plugin_call_refused_seconds_" + series + " ";
        return client.outside("/q/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> Math.round(Double.parseDouble(line.substring(name.length()))))
                .sum();
    }

    /** Its own time: from the first handler that saw the request to the end of the answer. */
    private static void reportOfService(String said) {
        List<Long> refused = ANSWERED.matcher(said)
                .results()
                .filter(answer ->
                        answer.group(1).equals("503") || answer.group(1).equals("429"))
                .map(answer -> Long.parseLong(answer.group(2)))
                .sorted()
                .toList();
        assertThat(refused).isNotEmpty();
        System.out.printf(
                Locale.ROOT,
                "in the service: %d refused after ms: p50 %d, p99 %d, most %d%n",
                refused.size(),
                at(refused, 50),
                at(refused, 99),
                at(refused, 100));
    }

    private static long at(List<Long> sorted, int percent) {
        return sorted.isEmpty() ? 0 : sorted.get(Math.max(0, (sorted.size() * percent + 99) / 100 - 1));
    }

    private static String manifest(String id, String level) {
        return """
                {"manifest_version": 1, "id": "%s", "name": "Large", "version": "1.0.0", "description": "Wants much",
                 "author": "The tests", "entry_point": "plugin.wasm", "sandbox_config": {"security_level": "%s"}}""".formatted(id, level);
    }
}
