package org.storysign.plugins.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.storysign.plugins.kit.Wat;

/**
 * What one call costs here and with other hosts of the same modules, in turns in one run, CPU time of each one's process:
 * {@code CallTable PEERS [ROUNDS]}, where {@code PEERS} is the folder {@code deploy/bench/run --table} installed them in.
 */
public final class CallTable {

    private static final Path MODULE = Path.of("deploy", "bench", "plugin", "plugin.wasm");
    private static final int CALLS_BEFORE = 5_000;
    private static final double LONGEST_WARM_UP_NANOS = 10e9;

    /** Java tells its process's time in steps of 10 ms. */
    private static final double BATCH_NANOS = 300e6;

    private static final int MOST_CALLS = 40_000;

    /** No memory but a page, no import, as small as a handler can be. */
    private static final String NOOP = """
            (module
              (memory (export "memory") 1)
              (func (export "canary"))
              (func (export "handle") (result i32) i32.const 0))""";

    private final Path peers;
    private final int rounds;
    private final Path folder;

    private CallTable(Path peers, int rounds) throws IOException {
        this.peers = peers;
        this.rounds = rounds;
        this.folder = Files.createTempDirectory("bench-table");
    }

    /** A row: what is called with what. */
    private record Row(String what, Path module, String export, Path input, String goal) {}

    public static void main(String[] arguments) throws IOException {
        CallTable table =
                new CallTable(Path.of(arguments[0]), arguments.length > 1 ? Integer.parseInt(arguments[1]) : 15);
        System.out.printf("CPU time a call in µs: least (median) of %d rounds in turns%n", table.rounds);
        for (Row row : table.rows()) {
            table.print(row);
        }
    }

    private List<Row> rows() throws IOException {
        Path noop = Files.write(folder.resolve("noop.wasm"), Wat.assemble(NOOP));
        Path text = Files.writeString(
                folder.resolve("text"),
                "The quick brown fox jumps over a lazy dog. ".repeat(24).substring(0, 1_024));
        StringBuilder signs = new StringBuilder();
        for (int sign = 0; sign < 19; sign++) {
            signs.append(sign == 0 ? "" : ",")
                    .append(String.format(
                            Locale.ROOT, "{\"name\":\"sign %02d\",\"level\":%d.5,\"seen\":false}", sign, sign % 9));
        }
        Path json = Files.writeString(
                folder.resolve("json"),
                "{\"user_id\":\"u1\",\"course\":\"asl\",\"tags\":[\"a\",\"b\"],\"signs\":[" + signs + "]}",
                StandardCharsets.UTF_8);
        return List.of(
                new Row("no-op, 1 KiB of input", noop, "handle", text, "2 µs"),
                new Row("Rust plugin, vowels in 1 KiB (1.1 MB of memory)", MODULE, "count_vowels", text, "22 µs"),
                new Row("Rust plugin, JSON of " + Files.size(json) + " bytes", MODULE, "transform", json, "85 µs"));
    }

    private Map<String, Peer> started(Row row) throws IOException {
        Map<String, List<String>> commands = new LinkedHashMap<>();
        List<String> java = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:-DontCompileHugeMethods",
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                SandboxPeer.class.getName());
        commands.put("here", java);
        if (Files.isDirectory(peers.resolve("node/node_modules"))) {
            commands.put(
                    "Extism on V8",
                    List.of("node", peers.resolve("node/peer.mjs").toString()));
        }
        if (Files.isExecutable(peers.resolve("go/peer"))) {
            commands.put("Extism on wazero", List.of(peers.resolve("go/peer").toString()));
        }
        Map<String, Peer> started = new LinkedHashMap<>();
        for (Map.Entry<String, List<String>> command : commands.entrySet()) {
            for (String mode : List.of("fresh", "reused")) {
                List<String> line = new ArrayList<>(command.getValue());
                line.addAll(List.of(row.module.toString(), row.export, row.input.toString(), mode));
                started.put(command.getKey() + ", " + mode, Peer.start(line));
            }
        }
        return started;
    }

    private void print(Row row) throws IOException {
        Map<String, Peer> all = started(row);
        Map<String, double[]> costs = new LinkedHashMap<>();
        Map<String, Integer> batches = new LinkedHashMap<>();
        try {
            for (Map.Entry<String, Peer> each : all.entrySet()) {
                if (row.module == MODULE && each.getKey().endsWith("fresh")) {
                    requireFresh(each.getKey(), each.getValue().canary());
                }
                batches.put(each.getKey(), warm(each.getValue()));
                costs.put(each.getKey(), new double[rounds]);
            }
            for (int round = 0; round < rounds; round++) {
                for (Map.Entry<String, Peer> each : all.entrySet()) {
                    costs.get(each.getKey())[round] = each.getValue().nanosACall(batches.get(each.getKey())) / 1_000;
                }
            }
        } finally {
            all.values().forEach(Peer::close);
        }
        System.out.printf("%n%s; goal for fresh instances: %s%n", row.what, row.goal);
        double ours = least(costs.get("here, fresh"));
        costs.forEach((who, each) -> System.out.printf(
                Locale.ROOT,
                "| %-24s | %8.1f (%.1f) | here, fresh is %.2f of it |%n",
                who,
                least(each),
                median(each),
                ours / least(each)));
    }

    private static void requireFresh(String who, String canary) {
        if (!canary.equals("0 0")) {
            throw new IllegalStateException(who + " saw an earlier call: " + canary);
        }
    }

    /** Calls until they are fast; how many make a batch then. */
    private static int warm(Peer peer) throws IOException {
        double last = 0;
        double spent = 0;
        for (int calls = 0; calls < CALLS_BEFORE && spent < LONGEST_WARM_UP_NANOS; calls += CALLS_BEFORE / 10) {
            last = peer.nanosACall(CALLS_BEFORE / 10);
            spent += last * CALLS_BEFORE / 10;
        }
        return (int) Math.clamp((long) (BATCH_NANOS / Math.max(50, last)), 20, MOST_CALLS);
    }

    private static double least(double... values) {
        return Arrays.stream(values).min().orElseThrow();
    }

    private static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
