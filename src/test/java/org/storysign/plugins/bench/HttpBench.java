package org.storysign.plugins.bench;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.storysign.plugins.kit.WasmBytes;

/**
 * What requests cost a running service, in microseconds of its CPU time each: {@code HttpBench PID URL KEY [REQUESTS ROUNDS]}.
 * Scenarios are interleaved in rounds and the median round is reported, since machines are noisy; CPU time is that of the whole
 * process (user and system, from {@code /proc/PID/stat}). Run by {@code deploy/bench/run}.
 */
public final class HttpBench {

    private static final int IN_FLIGHT = 4;
    private static final int CHAIN = 5;
    private static final int UPLOADS = 25;

    /** What is uploaded: an export that needs no grant, and what it is given. */
    private static final Map<Path, String> UPLOADED = Map.of(
            Path.of("wasm-plugins", "profanity-filter", "plugin.wasm"),
            "filter_story",
            Path.of("src", "test", "resources", "kits", "rust", "plugin.wasm"),
            "echo",
            Path.of("deploy", "bench", "plugin", "plugin.wasm"),
            "nothing");

    private static final double MICROSECONDS_PER_TICK = 10_000;

    private static final String NOOP_MODULE = """
            (module
              (memory (export "memory") 1)
              (func (export "handle") (result i32) i32.const 0))""";

    private static final String STORY =
            """
            {"type":"filter","target":"asl_world.story.generate","user_id":"u1","result":"The darn frog jumped over the heck of a log. %s"}""".formatted("Then it rested in the shade and counted the clouds. ".repeat(16));

    /** Hands its input to a function of storage twenty times. */
    private static final String STORING_MODULE = """
            (module
              (import "extism:host/env" "input_offset" (func $input (result i64)))
              (import "extism:host/env" "free" (func $free (param i64)))
              (import "extism:host/user" "storage_get" (func $get (param i64) (result i64)))
              (import "extism:host/user" "storage_set" (func $set (param i64) (result i64)))
              (memory (export "memory") 1)
              (func (export "repeat_get") (local $left i32)
                (local.set $left (i32.const 20))
                (loop $again
                  (call $free (call $get (call $input)))
                  (br_if $again (local.tee $left (i32.sub (local.get $left) (i32.const 1))))))
              (func (export "repeat_set") (local $left i32)
                (local.set $left (i32.const 20))
                (loop $again
                  (call $free (call $set (call $input)))
                  (br_if $again (local.tee $left (i32.sub (local.get $left) (i32.const 1)))))))""";

    private final long pid;
    private final BenchService service;

    private HttpBench(long pid, BenchService service) {
        this.pid = pid;
        this.service = service;
    }

    /** A request to repeat, and what it shows. */
    private record Scenario(String name, HttpRequest request) {}

    public static void main(String[] arguments) throws Exception {
        HttpBench bench = new HttpBench(Long.parseLong(arguments[0]), new BenchService(arguments[1], arguments[2]));
        int requests = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 3_000;
        int rounds = arguments.length > 4 ? Integer.parseInt(arguments[4]) : 9;
        bench.service.install(
                "bench-noop",
                NOOP_MODULE,
                "\"hooks\":[{\"name\":\"bench_noop\",\"type\":\"filter\",\"handler\":\"handle\"}]");
        for (int number = 1; number <= CHAIN; number++) {
            bench.service.install(
                    "bench-chain-" + number,
                    NOOP_MODULE,
                    "\"hooks\":[{\"name\":\"bench_chain\",\"type\":\"filter\",\"handler\":\"handle\"}]");
        }
        bench.service.install("bench-storing", STORING_MODULE, "\"permissions\":[\"storage:read\",\"storage:write\"]");
        bench.report(bench.scenarios(), requests, rounds);
        bench.reportUploads();
    }

    private List<Scenario> scenarios() {
        return List.of(
                new Scenario("GET plain JSON, same auth", service.get("/api/plugins/security/permissions")),
                new Scenario("POST hook, empty chain", service.post("/api/plugins/hooks/bench_empty", STORY)),
                new Scenario("POST hook, one no-op plugin", service.post("/api/plugins/hooks/bench_noop", STORY)),
                new Scenario(
                        "POST hook, " + CHAIN + " no-op plugins",
                        service.post("/api/plugins/hooks/bench_chain", STORY)),
                new Scenario("POST hook, profanity-filter", service.post("/api/plugins/hooks/story_generation", STORY)),
                new Scenario(
                        "POST call, 20 storage_get", service.call("bench-storing", "repeat_get", "{\"key\":\"k\"}")),
                new Scenario(
                        "POST call, 20 storage_set",
                        service.call("bench-storing", "repeat_set", "{\"key\":\"k\",\"value\":[1,2]}")));
    }

    private void report(List<Scenario> scenarios, int requests, int rounds) throws Exception {
        for (Scenario scenario : scenarios) {
            check(scenario);
            repeat(scenario.request, requests * 3);
        }
        double[][] costs = new double[scenarios.size()][rounds];
        for (int round = 0; round < rounds; round++) {
            for (int index = 0; index < scenarios.size(); index++) {
                costs[index][round] = cost(scenarios.get(index).request, requests);
            }
        }
        double baseline = median(costs[0]);
        System.out.printf(
                Locale.ROOT,
                "%n%-32s %12s %10s %14s%n",
                "CPU of the service, a request",
                "median µs",
                "least µs",
                "above plain µs");
        for (int index = 0; index < scenarios.size(); index++) {
            double median = median(costs[index]);
            System.out.printf(
                    Locale.ROOT,
                    "%-32s %12.0f %10.0f %14.0f%n",
                    scenarios.get(index).name,
                    median,
                    Arrays.stream(costs[index]).min().orElseThrow(),
                    median - baseline);
        }
        System.out.printf(
                Locale.ROOT, "(%d rounds of %d requests, %d in flight, interleaved)%n", rounds, requests, IN_FLIGHT);
    }

    /** From the upload of a module that was never seen to the answer of its first call. */
    private void reportUploads() throws Exception {
        for (Map.Entry<Path, String> uploaded : UPLOADED.entrySet()) {
            byte[] module = Files.readAllBytes(uploaded.getKey());
            double[] costs = new double[UPLOADS];
            for (int number = 0; number < UPLOADS; number++) {
                costs[number] = upload("bench-upload-" + number, unseen(module), uploaded.getValue());
            }
            System.out.printf(
                    Locale.ROOT,
                    "upload, enable, first call of %s (%d bytes): %.0f ms, least %.0f (%d times)%n",
                    uploaded.getKey(),
                    module.length,
                    median(costs),
                    Arrays.stream(costs).min().orElseThrow(),
                    UPLOADS);
        }
    }

    private double upload(String id, byte[] module, String export) throws Exception {
        long before = cpuTicks();
        service.install(id, module, "\"hooks\":[]");
        HttpResponse<String> answer = service.client().send(service.call(id, export, STORY), BodyHandlers.ofString());
        double cost = (cpuTicks() - before) * MICROSECONDS_PER_TICK / 1_000;
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(id + " answers " + answer.statusCode() + ": " + answer.body());
        }
        service.client().send(service.delete(id), BodyHandlers.discarding());
        return cost;
    }

    /** The module with a custom section of its own, so that nothing of it is known. */
    private static byte[] unseen(byte[] module) {
        byte[] section = WasmBytes.of(0)
                .sized(new WasmBytes().name("seen").name(UUID.randomUUID().toString()))
                .toBytes();
        byte[] both = Arrays.copyOf(module, module.length + section.length);
        System.arraycopy(section, 0, both, module.length, section.length);
        return both;
    }

    private void check(Scenario scenario) throws Exception {
        HttpResponse<String> answer = service.client().send(scenario.request, BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(scenario.name + " answers " + answer.statusCode() + ": " + answer.body());
        }
        System.out.println(scenario.name + ": "
                + answer.body().substring(0, Math.min(160, answer.body().length())));
    }

    private double cost(HttpRequest request, int requests) throws Exception {
        long before = cpuTicks();
        repeat(request, requests);
        return (cpuTicks() - before) * MICROSECONDS_PER_TICK / requests;
    }

    private void repeat(HttpRequest request, int times) {
        List<CompletableFuture<Void>> lanes = new ArrayList<>();
        for (int lane = 0; lane < IN_FLIGHT; lane++) {
            lanes.add(lane(request, times / IN_FLIGHT));
        }
        CompletableFuture.allOf(lanes.toArray(CompletableFuture[]::new)).join();
    }

    private CompletableFuture<Void> lane(HttpRequest request, int times) {
        return CompletableFuture.runAsync(() -> {
            for (int sent = 0; sent < times; sent++) {
                send(request);
            }
        });
    }

    private void send(HttpRequest request) {
        try {
            int status =
                    service.client().send(request, BodyHandlers.discarding()).statusCode();
            if (status != 200) {
                throw new IllegalStateException(request.uri() + " answers " + status);
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** User and system time of the process, in ticks of 10 ms. Fields 14 and 15; the name before them may hold spaces. */
    private long cpuTicks() throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
