package org.storysign.plugins.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.Guests;
import org.storysign.plugins.kit.Tenants;
import org.storysign.plugins.kit.Wat;

/** Controls C29 and C30: three processes on one database are asked for the same at the same time. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConcurrencyIT {

    private static final int PROCESSES = 3;
    private static final int WRITERS = 6;
    private static final String MANIFEST = """
            {"manifest_version": 1, "id": "counter", "name": "Counter", "version": "1.0.0", "description": "Is counted",
             "author": "The tests", "entry_point": "plugin.wasm",
             "config_schema": {"type": "object", "properties": {"n": {"type": "integer"}}}}""";

    private final List<ServiceProcess> processes = new ArrayList<>();

    @BeforeAll
    void start() {
        for (int number = 0; number < PROCESSES; number++) {
            processes.add(ServiceProcess.start("concurrent-" + number));
        }
    }

    @AfterAll
    void stop() {
        processes.forEach(ServiceProcess::close);
    }

    @Test
    void of_a_hundred_identical_installs_one_brings_it_and_the_others_find_it() {
        TenantId tenant = Tenants.fresh();
        byte[] module = Wat.assemble(Guests.silent());
        byte[] another = Wat.assemble(Guests.aborting());

        List<Client.Answer> answers = inParallel(
                12,
                IntStream.range(0, 100)
                        .mapToObj(number -> () -> client(number, tenant).install(MANIFEST, module)));

        Map<Integer, Long> statuses =
                answers.stream().collect(Collectors.groupingBy(Client.Answer::status, Collectors.counting()));
        assertThat(statuses).isEqualTo(Map.of(201, 1L, 200, 99L));
        assertThat(answers.stream().map(Client.Answer::etag)).containsOnly("\"1\"");
        try (Witness witness = new Witness(tenant)) {
            assertThat(witness.storedStates()).isEqualTo(Map.of("counter", "installed"));
            assertThat(witness.auditedStates()).isEqualTo(witness.storedStates());
            assertThat(witness.leftovers()).isEmpty();
        }
        List<Client.Answer> others = inParallel(
                12,
                IntStream.range(0, 20)
                        .mapToObj(number -> () -> client(number, tenant).install(MANIFEST, another)));
        assertThat(others).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.json().path("code").asText()).isEqualTo("version-exists");
        });
    }

    @Test
    void of_two_hundred_updates_at_the_same_time_none_is_lost() {
        update(200);
    }

    @Test
    @Tag("full")
    void of_a_thousand_updates_at_the_same_time_none_is_lost() {
        update(1_000);
    }

    private void update(int updates) {
        TenantId tenant = Tenants.fresh();
        assertThat(client(0, tenant)
                        .install(MANIFEST, Wat.assemble(Guests.silent()))
                        .status())
                .isEqualTo(201);
        AtomicInteger stale = new AtomicInteger();

        inParallel(WRITERS, IntStream.range(0, updates).mapToObj(number -> () -> {
            configure(client(number, tenant), stale);
            return true;
        }));

        Client.Answer config = client(1, tenant).get("/counter/config");
        assertThat(config.json().path("n").asInt()).isEqualTo(updates);
        assertThat(config.etag()).isEqualTo("\"" + (updates + 1) + "\"");
        System.out.println("updates " + updates + ", refused as stale and repeated " + stale);
    }

    private static void configure(Client client, AtomicInteger stale) {
        while (true) {
            Client.Answer present = client.get("/counter/config");
            String next = "{\"n\": " + (present.json().path("n").asInt() + 1) + "}";
            Client.Answer changed = client.put("/counter/config", present.etag(), next);
            if (changed.status() == 200) {
                return;
            }
            // 409: two processes changed the plugin in the same moment.
            assertThat(changed.status()).as(changed.body()).isIn(412, 409);
            stale.incrementAndGet();
        }
    }

    @Test
    void five_hundred_appends_by_compare_and_set_are_all_there_once() {
        append(500);
    }

    @Test
    @Tag("full")
    void ten_thousand_appends_by_compare_and_set_are_all_there_once() {
        append(10_000);
    }

    /** The value keeps its last 500 appends, and how many there were. */
    private void append(int appends) {
        TenantId tenant = Tenants.fresh();
        assertThat(client(0, tenant)
                        .install(MANIFEST, Wat.assemble(Guests.silent()))
                        .status())
                .isEqualTo(201);
        int keys = Math.max(1, appends / 500);

        inParallel(WRITERS, IntStream.range(0, appends).mapToObj(number -> () -> {
            append(client(number, tenant), "/counter/data/list-" + number % keys, number);
            return true;
        }));

        Set<Integer> seen = new TreeSet<>();
        int counted = 0;
        for (int key = 0; key < keys; key++) {
            Client.Answer stored = client(key, tenant).get("/counter/data/list-" + key);
            for (JsonNode element : stored.json()) {
                assertThat(seen.add(element.asInt())).as("append " + element).isTrue();
                counted++;
            }
        }
        assertThat(counted).isEqualTo(appends);
        assertThat(seen).hasSize(appends);
    }

    private static void append(Client client, String path, int number) {
        while (true) {
            Client.Answer present = client.get(path);
            Client.Answer written = present.status() == 404
                    ? client.create(path, "[" + number + "]")
                    : client.put(path, present.etag(), present.body().replace("]", "," + number + "]"));
            if (written.status() == 201 || written.status() == 204) {
                return;
            }
            assertThat(written.status()).as(written.body()).isEqualTo(412);
        }
    }

    private Client client(int number, TenantId tenant) {
        return Client.of(processes.get(number % PROCESSES), tenant);
    }

    private static <T> List<T> inParallel(int threads, Stream<Callable<T>> work) {
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<T>> begun = work.map(pool::submit).toList();
            List<T> done = new ArrayList<>();
            for (Future<T> each : begun) {
                done.add(each.get());
            }
            return done;
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }
}
