package org.storysign.plugins.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.Guests;
import org.storysign.plugins.kit.Tenants;
import org.storysign.plugins.kit.TestDatabase;
import org.storysign.plugins.kit.Wat;

/**
 * Plugins come and go, and calls are made, so often that whatever is left behind shows: {@code soak.cycles} times install, enable, call,
 * uninstall, and {@code soak.calls} calls. {@code deploy/bench/run --soak} runs it.
 */
@Tag("full")
class SoakIT {

    private static final int CYCLES = Integer.getInteger("soak.cycles", 200);
    private static final int CALLS = Integer.getInteger("soak.calls", 20_000);
    private static final int LANES = 4;
    private static final int SAMPLES = 10;

    /** Of a whole run, beside what is a tenth of the first sample. */
    private static final long MOST_MORE_HEAP = 8L << 20;

    private static final long MOST_MORE_METASPACE = 4L << 20;
    private static final int MOST_MORE_THREADS = 10;
    private static final int MOST_MORE_FILES = 20;

    /** What is kept of everything that was done, until its time is over: that grows as it should. */
    private static final Set<String> TRAILS =
            Set.of("audit_log", "invocation", "plugin_log", "event", "webhook_delivery", "operation");

    private static final String[] JVM = {"-Xmx384m", "-XX:MaxDirectMemorySize=128m", "-XX:+ExitOnOutOfMemoryError"};

    private final TenantId tenant = Tenants.fresh();

    /** What the service holds on to; rows by table. */
    private record Held(long heap, long metaspace, int threads, long files, Map<String, Long> rows) {

        long rowsThatStay() {
            return rows.entrySet().stream()
                    .filter(table -> !TRAILS.contains(table.getKey()))
                    .mapToLong(Map.Entry::getValue)
                    .sum();
        }
    }

    @Test
    void plugins_that_come_and_go_and_calls_leave_nothing_behind() {
        try (ServiceProcess service = ServiceProcess.start("soaked", JVM);
                HeapProbe probe = new HeapProbe(service.pid())) {
            Client client = Client.of(service, tenant);
            client.install(manifest("steady"), Wat.assemble(Guests.answering("fine")));
            assertThat(client.enable("steady").status()).isEqualTo(200);
            IntStream.range(0, 20).forEach(warm -> step(client, warm));

            List<Held> held = new ArrayList<>(List.of(held(service, probe)));
            for (int sample = 0; sample < SAMPLES; sample++) {
                inLanes(CYCLES / SAMPLES, number -> step(client, number));
                inLanes(CALLS / SAMPLES, number -> call(client, "steady"));
                held.add(held(service, probe));
                print(held.getLast());
            }

            report(held);
            requireFlat(held.get(1), held.getLast());
        }
    }

    private static void requireFlat(Held first, Held last) {
        assertThat(last.heap() - first.heap()).as("heap").isLessThan(MOST_MORE_HEAP);
        assertThat(last.metaspace() - first.metaspace()).as("metaspace").isLessThan(MOST_MORE_METASPACE);
        assertThat(last.threads() - first.threads()).as("threads").isLessThan(MOST_MORE_THREADS);
        assertThat(last.files() - first.files()).as("files").isLessThan(MOST_MORE_FILES);
        assertThat(last.rowsThatStay() - first.rowsThatStay())
                .as(last.rows().toString())
                .isLessThanOrEqualTo(SAMPLES);
    }

    private interface Numbered {
        void run(int number);
    }

    private static void inLanes(int times, Numbered work) {
        List<CompletableFuture<Void>> lanes = IntStream.range(0, LANES)
                .mapToObj(lane -> CompletableFuture.runAsync(
                        () -> IntStream.range(0, times / LANES).forEach(turn -> work.run(turn * LANES + lane)),
                        thread -> new Thread(thread).start()))
                .toList();
        lanes.forEach(CompletableFuture::join);
    }

    /** Modules that differ, so that each is parsed, compiled and forgotten. */
    private static void step(Client client, int number) {
        String id = "soaked-" + number;
        assertThat(client.install(manifest(id), Wat.assemble(Guests.answering("fine " + number)))
                        .status())
                .isEqualTo(201);
        assertThat(client.enable(id).status()).isEqualTo(200);
        call(client, id);
        assertThat(client.delete("/" + id).status()).isEqualTo(204);
    }

    private static void call(Client client, String id) {
        assertThat(client.call(id, "handle").status()).isEqualTo(200);
    }

    private Held held(ServiceProcess service, HeapProbe probe) {
        long heap = Math.min(probe.heapInUse(), probe.heapInUse());
        try (Stream<Path> files = Files.list(Path.of("/proc", Long.toString(service.pid()), "fd"))) {
            return new Held(heap, probe.metaspace(), probe.threads(), files.count(), rows());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Long> rows() {
        try (Connection connection = TestDatabase.asSuperuser();
                Statement statement = connection.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (ResultSet found = statement.executeQuery(
                    "select schemaname || '.' || tablename from pg_tables where tableowner = 'storysign_owner'")) {
                while (found.next()) {
                    tables.add(found.getString(1));
                }
            }
            Map<String, Long> rows = new TreeMap<>();
            for (String table : tables) {
                try (ResultSet count = statement.executeQuery("select count(*) from " + table)) {
                    count.next();
                    rows.put(table.substring(table.indexOf('.') + 1), count.getLong(1));
                }
            }
            assertThat(rows)
                    .as("tables of the service")
                    .containsKeys("plugin", "artifact", "load_attempt", "audit_log");
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void print(Held held) {
        System.out.printf(
                Locale.ROOT,
                "heap %d KiB, metaspace %d KiB, threads %d, files %d, rows %s%n",
                held.heap() >> 10,
                held.metaspace() >> 10,
                held.threads(),
                held.files(),
                held.rows());
    }

    /** Slopes by least squares over the samples, the first one left out: what is loaded once is no slope. */
    private static void report(List<Held> held) {
        List<Held> later = held.subList(1, held.size());
        System.out.printf(
                Locale.ROOT,
                "%d cycles and %d calls; of 1,000 cycles with their calls: heap %+.0f KiB, metaspace %+.0f KiB, threads %+.1f, files %+.1f%n",
                CYCLES,
                CALLS,
                slope(later, sample -> sample.heap() / 1024.0),
                slope(later, sample -> sample.metaspace() / 1024.0),
                slope(later, Held::threads),
                slope(later, Held::files));
    }

    private static double slope(List<Held> samples, ToDoubleFunction<Held> value) {
        double middle = (samples.size() - 1) / 2.0;
        double mean = samples.stream().mapToDouble(value).average().orElseThrow();
        double over = 0;
        double under = 0;
        for (int index = 0; index < samples.size(); index++) {
            over += (index - middle) * (value.applyAsDouble(samples.get(index)) - mean);
            under += (index - middle) * (index - middle);
        }
        return over / under * SAMPLES * 1000 / CYCLES;
    }

    private static String manifest(String id) {
        return """
                {"manifest_version": 1, "id": "%s", "name": "Soaked", "version": "1.0.0", "description": "Comes and goes",
                 "author": "The tests", "entry_point": "plugin.wasm"}""".formatted(id);
    }
}
