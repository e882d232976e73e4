package org.storysign.plugins.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.Pauses;
import org.storysign.plugins.kit.Tenants;
import org.storysign.plugins.kit.Wat;

/** A day's quota is one for all processes. */
class QuotaIT {

    private static final int CALLS_A_DAY = 15_000;
    private static final int CALLS_OF_A_PROCESS = 9;

    /** Calls of the function by one call of the guest. */
    private static final int TRIES = 900;

    private static final String MANIFEST = """
            {"manifest_version": 1, "id": "greedy", "name": "Greedy", "version": "1.0.0",
             "description": "Calls storage as often as it may", "author": "The tests", "entry_point": "plugin.wasm",
             "permissions": ["storage:read"]}""";

    /** Calls {@code storage_list} without an input; the nineteenth letter of the answer is that of its code. */
    private static final String GREEDY = """
            (module
              (import "extism:host/env" "alloc" (func $alloc (param i64) (result i64)))
              (import "extism:host/env" "free" (func $free (param i64)))
              (import "extism:host/env" "store_u8" (func $store (param i64 i32)))
              (import "extism:host/env" "load_u8" (func $load (param i64) (result i32)))
              (import "extism:host/env" "output_set" (func $output (param i64 i64)))
              (import "extism:host/user" "storage_list" (func $list (param i64) (result i64)))
              (memory (export "memory") 1)
              (func (export "run") (local $block i64) (local $answer i64) (local $at i64)
                (local.set $block (call $alloc (i64.const %1$d)))
                (loop $again
                  (local.set $answer (call $list (i64.const 0)))
                  (call $store (i64.add (local.get $block) (local.get $at)) (call $load (i64.add (local.get $answer) (i64.const 18))))
                  (call $free (local.get $answer))
                  (local.set $at (i64.add (local.get $at) (i64.const 1)))
                  (br_if $again (i64.lt_u (local.get $at) (i64.const %1$d))))
                (call $output (local.get $block) (i64.const %1$d))))""".formatted(TRIES);

    private final TenantId tenant = Tenants.fresh();

    @Test
    void three_processes_together_let_through_what_the_day_allows() throws Exception {
        try (ServiceProcess one = start("quota-one");
                ServiceProcess two = start("quota-two");
                ServiceProcess three = start("quota-three")) {
            enable(Client.of(one, tenant));
            List<Callable<String>> calls = Stream.of(one, two, three)
                    .flatMap(process -> IntStream.range(0, CALLS_OF_A_PROCESS)
                            .<Callable<String>>mapToObj(call -> () -> letters(Client.of(process, tenant))))
                    .toList();
            StringBuilder letters = new StringBuilder();
            try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
                for (Future<String> each : threads.invokeAll(new ArrayList<>(calls))) {
                    letters.append(each.get());
                }
            }

            assertThat(letters.toString())
                    .hasSize(3 * CALLS_OF_A_PROCESS * TRIES)
                    .matches("[01]+");
            long through = letters.chars().filter(letter -> letter == '1').count();
            System.out.printf(
                    "quota: %d tries at 3 processes, %d let through of %d%n", letters.length(), through, CALLS_A_DAY);
            assertThat(through).isBetween(CALLS_A_DAY * 9L / 10, (long) CALLS_A_DAY);
        }
    }

    private static ServiceProcess start(String name) {
        return ServiceProcess.start(
                name, "-Xmx384m", "-XX:TieredStopAtLevel=1", "-Dstorysign.services.storage.calls-a-day=" + CALLS_A_DAY);
    }

    private static void enable(Client client) {
        assertThat(client.install(MANIFEST, Wat.assemble(GREEDY)).status()).isEqualTo(201);
        String first = client.post("/greedy/enable", "{\"grants\": [\"storage:read\"]}")
                .json()
                .path("consent")
                .asText();
        Client.Answer enabled =
                client.post("/greedy/enable", "{\"grants\": [\"storage:read\"], \"consent\": \"" + first + "\"}");
        assertThat(enabled.status()).as(enabled.body()).isEqualTo(200);
    }

    /** 1 for each call that was let through (and then found its input wanting), 0 for each that was over the quota. */
    private static String letters(Client client) {
        Client.Answer[] answer = new Client.Answer[1];
        assertThat(Pauses.until(Duration.ofSeconds(30), () -> {
                    answer[0] = client.call("greedy", "run");
                    return answer[0].status() == 200;
                }))
                .isTrue();
        return answer[0].body().replace('d', '1').replace('q', '0');
    }
}
