package org.storysign.plugins.bench;

import com.dylibso.chicory.compiler.MachineFactoryCompiler;
import com.dylibso.chicory.runtime.ExportFunction;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.storysign.plugins.abi.ExtismKernel;
import org.storysign.plugins.kit.Kernels;
import org.storysign.plugins.kit.Modules;
import org.storysign.plugins.kit.TestCall;
import org.storysign.plugins.kit.Wat;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.sandbox.CallRequest;
import org.storysign.plugins.sandbox.CallResult;
import org.storysign.plugins.sandbox.Sandbox;
import org.storysign.plugins.sandbox.SandboxConfig;
import org.storysign.plugins.sandbox.chicory.ChicoryEngine;
import org.storysign.plugins.sandbox.chicory.Tiering;
import org.storysign.plugins.wasm.fuel.CostTable;
import org.storysign.plugins.wasm.fuel.FuelInstrumenter;

/**
 * What computing costs: kernels on the production path (metered, limited, on our memory) beside the engine's default without any of
 * that, and V8 where there is a {@code node}. All in turns in one run, CPU time. Run by {@code deploy/bench/run --kernels [ROUNDS]}.
 */
public final class KernelBench {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final ChicoryEngine ENGINE = new ChicoryEngine(Tiering.COMPILED);
    private static final Sandbox SANDBOX = new Sandbox(SandboxConfig.ofThisMachine(), new ExtismKernel());
    private static final int WARM_UP = 15;
    private static final int CALLS_BEFORE = 3_000;

    private KernelBench() {}

    /** One way to run a kernel once; how much CPU time it took, in nanoseconds. */
    private interface Way {
        long run() throws Exception;
    }

    public static void main(String[] arguments) throws Exception {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 25;
        Map<String, Double> products = new LinkedHashMap<>();
        warmUp();
        System.out.printf("%d rounds in turns, CPU time, least (median) in ms%n", rounds);
        for (Map.Entry<String, String> kernel : Kernels.all().entrySet()) {
            Map<String, long[]> times = measure(Wat.assemble(kernel.getValue()), rounds);
            StringBuilder line = new StringBuilder(String.format("%-22s", kernel.getKey()));
            times.forEach((way, each) ->
                    line.append(String.format(" | %s %.2f (%.2f)", way, each[0] / 1e6, each[each.length / 2] / 1e6)));
            System.out.println(line);
            ratios(times).forEach((name, ratio) -> products.merge(name, Math.log(ratio), Double::sum));
        }
        products.forEach((name, sum) -> System.out.printf(
                "geometric mean %s: %.2f%n", name, Math.exp(sum / Kernels.all().size())));
        SANDBOX.close();
        ENGINE.close();
    }

    /** The way through the sandbox, which is the same for all. */
    private static void warmUp() throws Exception {
        Way nothing = production(Wat.assemble("(module (func (export \"run\") (result i32) (i32.const 0)))"));
        for (int call = 0; call < CALLS_BEFORE; call++) {
            nothing.run();
        }
    }

    private static Map<String, long[]> measure(byte[] module, int rounds) throws Exception {
        Map<String, Way> ways = new LinkedHashMap<>();
        ways.put("production", production(module));
        ways.put("engine's default", plain(module));
        Optional<Node> node = Node.start(module);
        node.ifPresent(v8 -> ways.put("V8", v8::run));
        Map<String, Peer> peers = peers(module);
        peers.forEach((name, peer) -> ways.put(name, () -> (long) peer.nanosACall(1)));
        Map<String, List<Long>> times = new LinkedHashMap<>();
        for (int round = -WARM_UP; round < rounds; round++) {
            for (Map.Entry<String, Way> way : ways.entrySet()) {
                long time = way.getValue().run();
                if (round >= 0) {
                    times.computeIfAbsent(way.getKey(), key -> new ArrayList<>())
                            .add(time);
                }
            }
        }
        node.ifPresent(Node::close);
        peers.values().forEach(Peer::close);
        Map<String, long[]> sorted = new LinkedHashMap<>();
        times.forEach((way, each) -> {
            long[] all = each.stream().mapToLong(Long::longValue).toArray();
            Arrays.sort(all);
            sorted.put(way, all);
        });
        return sorted;
    }

    /** Others that are installed where {@code bench.peers} says. */
    private static Map<String, Peer> peers(byte[] module) throws IOException {
        Map<String, Peer> peers = new LinkedHashMap<>();
        String folder = System.getProperty("bench.peers");
        if (folder == null) {
            return peers;
        }
        String file =
                Files.write(Files.createTempFile("kernel", ".wasm"), module).toString();
        Path wazero = Path.of(folder, "wazero", "peer");
        if (Files.isExecutable(wazero)) {
            peers.put("wazero", Peer.start(List.of(wazero.toString(), file, "run")));
        }
        Path python = Path.of(folder, "python", "venv", "bin", "python");
        if (Files.isExecutable(python)) {
            String script = Path.of(folder, "python", "peer.py").toString();
            for (String mode : List.of("plain", "fuel")) {
                peers.put("wasmtime, " + mode, Peer.start(List.of(python.toString(), script, file, "run", mode)));
            }
        }
        return peers;
    }

    private static Map<String, Double> ratios(Map<String, long[]> times) {
        Map<String, Double> ratios = new LinkedHashMap<>();
        long[] ours = times.get("production");
        times.forEach((way, each) -> {
            if (each != ours) {
                ratios.put("production / " + way, (double) ours[0] / each[0]);
            }
        });
        return ratios;
    }

    private static Way production(byte[] module) {
        CallRequest request = TestCall.of("")
                .export("run")
                .request(ENGINE.compile(
                        new FuelInstrumenter(CostTable.CURRENT).meter(Modules.scanned(module, SecurityLevel.MINIMAL))));
        return () -> SANDBOX.submit(
                        request.context().tenant(), request.context().plugin(), () -> {
                            long before = THREADS.getCurrentThreadCpuTime();
                            CallResult result = SANDBOX.call(request);
                            long time = THREADS.getCurrentThreadCpuTime() - before;
                            if (result instanceof CallResult.Trapped trapped) {
                                throw new IllegalStateException(trapped.message());
                            }
                            return time;
                        })
                .join();
    }

    private static Way plain(byte[] bytes) {
        WasmModule module = Parser.parse(bytes);
        ExportFunction run = Instance.builder(module)
                .withMachineFactory(MachineFactoryCompiler.compile(module))
                .build()
                .export("run");
        return () -> {
            long before = THREADS.getCurrentThreadCpuTime();
            run.apply();
            return THREADS.getCurrentThreadCpuTime() - before;
        };
    }

    /** V8 in a process of its own, which answers each line with what the kernel took. */
    private record Node(Process process, PrintWriter to, BufferedReader from) {

        private static final String SCRIPT = """
                const bytes = Buffer.from(process.argv[1], 'base64');
                const run = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports.run;
                require('readline').createInterface({input: process.stdin}).on('line', () => {
                  const before = process.cpuUsage();
                  run();
                  const used = process.cpuUsage(before);
                  console.log((used.user + used.system) * 1000);
                });
                """;

        static Optional<Node> start(byte[] module) {
            try {
                Process process = new ProcessBuilder(
                                "node", "-e", SCRIPT, Base64.getEncoder().encodeToString(module))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
                return Optional.of(new Node(
                        process,
                        new PrintWriter(process.outputWriter(StandardCharsets.US_ASCII), true),
                        new BufferedReader(
                                new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))));
            } catch (IOException absent) {
                return Optional.empty();
            }
        }

        long run() throws IOException {
            to.println();
            return Long.parseLong(from.readLine());
        }

        void close() {
            to.close();
            process.destroy();
        }
    }
}
