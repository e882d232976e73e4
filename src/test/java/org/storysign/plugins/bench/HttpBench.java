package org.storysign.plugins.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.storysign.plugins.kit.Wat;

/**
 * What requests cost a running service, in microseconds of its CPU time each: {@code HttpBench PID URL KEY [REQUESTS ROUNDS]}.
 * Scenarios are interleaved in rounds and the median round is reported, since machines are noisy; CPU time is that of the whole
 * process (user and system, from {@code /proc/PID/stat}). Run by {@code deploy/bench/run}.
 */
public final class HttpBench {

    private static final int IN_FLIGHT = 4;
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

    private static final String STORING_GRANTS = "\"grants\":[\"storage:read\",\"storage:write\"]";

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final long pid;
    private final String base;
    private final String key;

    private HttpBench(long pid, String base, String key) {
        this.pid = pid;
        this.base = base;
        this.key = key;
    }

    /** A request to repeat, and what it shows. */
    private record Scenario(String name, HttpRequest request) {}

    public static void main(String[] arguments) throws Exception {
        HttpBench bench = new HttpBench(Long.parseLong(arguments[0]), arguments[1], arguments[2]);
        int requests = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 3_000;
        int rounds = arguments.length > 4 ? Integer.parseInt(arguments[4]) : 9;
        bench.install(
                "bench-noop",
                NOOP_MODULE,
                "\"hooks\":[{\"name\":\"bench_noop\",\"type\":\"filter\",\"handler\":\"handle\"}]");
        bench.install("bench-storing", STORING_MODULE, "\"permissions\":[\"storage:read\",\"storage:write\"]");
        bench.report(bench.scenarios(), requests, rounds);
    }

    private List<Scenario> scenarios() {
        return List.of(
                new Scenario("GET plain JSON, same auth", get("/api/plugins/security/permissions")),
                new Scenario("POST hook, empty chain", post("/api/plugins/hooks/bench_empty", STORY)),
                new Scenario("POST hook, one no-op plugin", post("/api/plugins/hooks/bench_noop", STORY)),
                new Scenario("POST hook, profanity-filter", post("/api/plugins/hooks/story_generation", STORY)),
                new Scenario("POST call, 20 storage_get", call("repeat_get", "{\"key\":\"k\"}")),
                new Scenario("POST call, 20 storage_set", call("repeat_set", "{\"key\":\"k\",\"value\":[1,2]}")));
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

    private void check(Scenario scenario) throws Exception {
        HttpResponse<String> answer = client.send(scenario.request, BodyHandlers.ofString());
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
            int status = client.send(request, BodyHandlers.discarding()).statusCode();
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

    /** Installs and enables a plugin, with consent where that is asked. */
    private void install(String id, String wat, String more) throws Exception {
        String manifest = """
                {"manifest_version":1,"id":"%s","name":"%s","version":"1.0.0","description":"For measuring",
                 "author":"bench","entry_point":"plugin.wasm",%s}""".formatted(id, id, more);
        String module = Base64.getEncoder().encodeToString(Wat.assemble(wat));
        String body = "{\"manifest\":" + manifest + ",\"module\":\"" + module + "\"}";
        require(client.send(post("/api/plugins/install", body), BodyHandlers.ofString()), 200, 201);
        String grants = more.contains("permissions") ? STORING_GRANTS : "\"grants\":[]";
        HttpResponse<String> answer = enable(id, "{" + grants + "}");
        String consent = answer.body().replaceAll("(?s).*\"consent\":\"([0-9a-f]+)\".*", "$1");
        require(
                answer.statusCode() == 409 ? enable(id, "{" + grants + ",\"consent\":\"" + consent + "\"}") : answer,
                200,
                200);
    }

    private HttpResponse<String> enable(String id, String body) throws Exception {
        return client.send(post("/api/plugins/" + id + "/enable", body), BodyHandlers.ofString());
    }

    private static void require(HttpResponse<String> answer, int status, int orStatus) {
        if (answer.statusCode() != status && answer.statusCode() != orStatus) {
            throw new IllegalStateException(answer.uri() + " answers " + answer.statusCode() + ": " + answer.body());
        }
    }

    private HttpRequest get(String path) {
        return to(path).GET().build();
    }

    private HttpRequest post(String path, String json) {
        return to(path).header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json))
                .build();
    }

    private HttpRequest call(String export, String input) {
        return to("/api/plugins/bench-storing/call/" + export)
                .header("Content-Type", "application/octet-stream")
                .POST(BodyPublishers.ofString(input))
                .build();
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(base + path)).header("Authorization", "Bearer " + key);
    }
}
