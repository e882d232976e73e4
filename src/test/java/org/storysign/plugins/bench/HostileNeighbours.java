package org.storysign.plugins.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What good requests lose beside hostile ones: {@code HostileNeighbours URL KEY [SECONDS ROUNDS]}. 200 requests a second to a hook with
 * one plugin, sent when they are due and timed from then on, without and with eight callers that each call a hostile plugin as
 * often as it answers; in turns, and the medians of the rounds. Run by {@code deploy/bench/run --neighbours-http}.
 */
public final class HostileNeighbours {

    private static final int GOOD_PER_SECOND = 200;
    private static final Pattern CODE = Pattern.compile("\"code\":\"([a-z-]+)\"");
    private static final Path CORPUS = Path.of("src/test/resources/hostile");
    private static final String STORY =
            "{\"type\":\"filter\",\"target\":\"x\",\"user_id\":\"u1\",\"result\":\"Once upon a time\"}";
    private static final String GOOD = """
            (module
              (memory (export "memory") 1)
              (func (export "handle") (result i32) i32.const 0))""";

    /** Reads from storage for ever. */
    private static final String STORAGE_FLOOD = """
            (module
              (import "extism:host/env" "free" (func $free (param i64)))
              (import "extism:host/user" "storage_get" (func $get (param i64) (result i64)))
              (memory (export "memory") 1)
              (func (export "run") (loop $again (call $free (call $get (i64.const 0))) (br $again))))""";

    /** Sleeps a second and a half. */
    private static final String SLEEPS = """
            (module
              (import "wasi_snapshot_preview1" "poll_oneoff" (func $poll (param i32 i32 i32 i32) (result i32)))
              (memory (export "memory") 1)
              (func (export "run")
                (i64.store (i32.const 24) (i64.const 1500000000))
                (drop (call $poll (i32.const 0) (i32.const 1024) (i32.const 1) (i32.const 2048)))))""";

    private final BenchService service;
    private final Map<String, Map<String, Integer>> endings = new ConcurrentHashMap<>();

    private HostileNeighbours(BenchService service) {
        this.service = service;
    }

    /** Of one round: milliseconds, and how many requests did not answer 200. */
    private record Round(double half, double most, double longest, int errors) {

        static Round of(Collection<Double> times, int errors) {
            List<Double> sorted = times.stream().sorted().toList();
            return new Round(at(sorted, 0.5), at(sorted, 0.99), at(sorted, 1), errors);
        }

        private static double at(List<Double> sorted, double part) {
            return sorted.get(Math.min(sorted.size() - 1, (int) (sorted.size() * part)));
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT, "p50 %.1f ms, p99 %.1f ms, most %.1f ms, errors %d", half, most, longest, errors);
        }
    }

    public static void main(String[] arguments) throws Exception {
        HostileNeighbours bench = new HostileNeighbours(new BenchService(arguments[0], arguments[1]));
        Duration time = Duration.ofSeconds(arguments.length > 2 ? Long.parseLong(arguments[2]) : 30);
        int rounds = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 5;
        bench.install();
        bench.measure(time, rounds);
    }

    private void install() throws IOException, InterruptedException {
        service.install(
                "good", GOOD, "\"hooks\":[{\"name\":\"bench_good\",\"type\":\"filter\",\"handler\":\"handle\"}]");
        for (String name :
                List.of("loop-br", "grow-and-fill", "log-flood", "output-flood", "recursion-direct", "var-flood")) {
            service.install("hog-" + name, Files.readString(CORPUS.resolve(name + ".wat")), "\"hooks\":[]");
        }
        service.install("hog-sleeping", SLEEPS, "\"hooks\":[]");
        service.install("hog-storage-flood", STORAGE_FLOOD, "\"permissions\":[\"storage:read\",\"storage:write\"]");
    }

    private List<String> hogs() {
        return List.of(
                "hog-loop-br",
                "hog-grow-and-fill",
                "hog-log-flood",
                "hog-output-flood",
                "hog-recursion-direct",
                "hog-var-flood",
                "hog-sleeping",
                "hog-storage-flood");
    }

    private void measure(Duration time, int rounds) {
        good(time.dividedBy(2));
        List<Round> without = new ArrayList<>();
        List<Round> with = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            without.add(good(time));
            with.add(beside(time));
            System.out.printf("round %d: alone %s; beside hogs %s%n", round, without.getLast(), with.getLast());
        }
        report("alone", without);
        report("beside 8 hogs", with);
        new TreeMap<>(endings).forEach((hog, ends) -> System.out.println(hog + ": " + ends));
        System.out.printf(
                Locale.ROOT,
                "p99 beside hogs: %.2f times that alone; load of the machine %.1f%n",
                median(with.stream().map(Round::most).toList())
                        / median(without.stream().map(Round::most).toList()),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private static void report(String name, List<Round> rounds) {
        System.out.printf(
                Locale.ROOT,
                "%-14s median p50 %.1f ms, p99 %.1f ms; errors %d of all rounds%n",
                name,
                median(rounds.stream().map(Round::half).toList()),
                median(rounds.stream().map(Round::most).toList()),
                rounds.stream().mapToInt(Round::errors).sum());
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }

    private Round beside(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        List<CompletableFuture<Void>> hogs = hogs().stream()
                .map(hog -> CompletableFuture.runAsync(
                        () -> callUntil(hog, end),
                        work -> Thread.ofPlatform().daemon().start(work)))
                .toList();
        Round round = good(time);
        hogs.forEach(CompletableFuture::join);
        return round;
    }

    private void callUntil(String hog, long end) {
        while (System.nanoTime() < end) {
            try {
                HttpResponse<String> answer =
                        service.client().send(service.call(hog, "run", ""), BodyHandlers.ofString());
                String ending = answer.statusCode() + (answer.statusCode() == 200 ? "" : " " + code(answer.body()));
                endings.computeIfAbsent(hog, name -> new ConcurrentHashMap<>()).merge(ending, 1, Integer::sum);
                if (answer.statusCode() == 429 || answer.statusCode() == 503 || answer.statusCode() == 409) {
                    TimeUnit.MILLISECONDS.sleep(100);
                }
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static String code(String problem) {
        Matcher code = CODE.matcher(problem);
        return code.find() ? code.group(1) : "";
    }

    private Round good(Duration time) {
        HttpRequest request = service.post("/api/plugins/hooks/bench_good", STORY);
        ConcurrentLinkedQueue<Double> times = new ConcurrentLinkedQueue<>();
        ConcurrentLinkedQueue<Integer> wrong = new ConcurrentLinkedQueue<>();
        List<CompletableFuture<?>> sent = new ArrayList<>();
        long begin = System.nanoTime();
        for (int number = 0; number < GOOD_PER_SECOND * time.toSeconds(); number++) {
            long due = begin + number * (1_000_000_000L / GOOD_PER_SECOND);
            LockSupport.parkNanos(due - System.nanoTime());
            sent.add(service.client()
                    .sendAsync(request, BodyHandlers.ofString())
                    .handle((answer, failure) -> {
                        times.add((System.nanoTime() - due) / 1e6);
                        if (failure != null || answer.statusCode() != 200) {
                            wrong.add(failure == null ? answer.statusCode() : -1);
                        }
                        return null;
                    }));
        }
        CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).join();
        return Round.of(times, wrong.size());
    }
}
