package org.storysign.plugins.bench;

import com.dylibso.chicory.compiler.MachineFactoryCompiler;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import org.storysign.plugins.abi.ExtismKernel;
import org.storysign.plugins.kit.Modules;
import org.storysign.plugins.kit.TestCall;
import org.storysign.plugins.kit.Wat;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.sandbox.CallRequest;
import org.storysign.plugins.sandbox.CallResult;
import org.storysign.plugins.sandbox.CompiledModule;
import org.storysign.plugins.sandbox.Sandbox;
import org.storysign.plugins.sandbox.SandboxConfig;
import org.storysign.plugins.sandbox.chicory.ChicoryEngine;
import org.storysign.plugins.sandbox.chicory.Tiering;
import org.storysign.plugins.wasm.fuel.CostTable;
import org.storysign.plugins.wasm.fuel.FuelInstrumenter;

/**
 * What one call that finds nothing of another costs on the production path (limits, metering, kernel, budget), beside what the engine's
 * own way costs without any of that. Run by {@code deploy/bench/run --calls}; look at the column {@code cpu}, not at the time.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 7, time = 2)
@Fork(
        value = 2,
        jvmArgsAppend = {"-XX:-DontCompileHugeMethods", "--enable-native-access=ALL-UNNAMED", "-Xmx1g"})
public class FreshCallBenchmark {

    private static final int BATCH = 500;
    private static final int KIBIBYTE = 1_024;

    private static final String NOOP = """
            (module
              (memory (export "memory") 1)
              (func (export "handle") (result i32) i32.const 0))""";

    private static final String STORY =
            """
            {"type":"filter","target":"asl_world.story.generate","user_id":"u1","result":"The darn frog jumped over the heck of a log. %s"}""".formatted("Then it rested in the shade and counted the clouds. ".repeat(16));

    private final ChicoryEngine engine = new ChicoryEngine(Tiering.COMPILED);
    private final Sandbox sandbox = new Sandbox(SandboxConfig.ofThisMachine(), new ExtismKernel());

    @SuppressWarnings("NullAway.Init") // before all benchmarks
    private CallRequest noop;

    @SuppressWarnings("NullAway.Init")
    private CallRequest profanityFilter;

    @SuppressWarnings("NullAway.Init")
    private CallRequest vowels;

    @SuppressWarnings("NullAway.Init")
    private WasmModule plain;

    @SuppressWarnings("NullAway.Init")
    private Function<Instance, Machine> plainCode;

    @Setup
    public void compile() throws IOException {
        noop = TestCall.of(NOOP).export("handle").input(new byte[KIBIBYTE]).request(metered(Wat.assemble(NOOP)));
        byte[] filter = Files.readAllBytes(Path.of("wasm-plugins", "profanity-filter", "plugin.wasm"));
        profanityFilter = TestCall.of("")
                .export("filter_story")
                .input(STORY.getBytes(StandardCharsets.UTF_8))
                .request(metered(filter));
        vowels = TestCall.of("")
                .export("count_vowels")
                .input(STORY.getBytes(StandardCharsets.UTF_8))
                .request(metered(Files.readAllBytes(Path.of("deploy", "bench", "plugin", "plugin.wasm"))));
        plain = Parser.parse(Wat.assemble(NOOP));
        plainCode = MachineFactoryCompiler.compile(plain);
        requireReturned(
                sandbox.submit(noop.context().tenant(), noop.context().plugin(), () -> sandbox.call(profanityFilter))
                        .join());
    }

    @TearDown
    public void close() {
        sandbox.close();
        engine.close();
    }

    /** The production path, on a guest's thread. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public CallResult noop() {
        return repeat(noop);
    }

    /** The same through admission and the change of threads, one at a time. */
    @Benchmark
    public CallResult noopSubmitted() {
        return requireReturned(
                sandbox.submit(noop.context().tenant(), noop.context().plugin(), () -> sandbox.call(noop))
                        .join());
    }

    /** A real plugin of 1.1 MB of memory on about 900 bytes. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public CallResult vowels() {
        return repeat(vowels);
    }

    /** A real plugin that takes JSON of about 900 bytes apart and puts it together again. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public CallResult profanityFilter() {
        return repeat(profanityFilter);
    }

    /** The engine's own way: a new instance, unmetered, without kernel, input or limits. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void engineAlone(Blackhole sink) {
        for (int call = 0; call < BATCH; call++) {
            Instance instance =
                    Instance.builder(plain).withMachineFactory(plainCode).build();
            sink.consume(instance.export("handle").apply());
        }
    }

    private CallResult repeat(CallRequest request) {
        return sandbox.submit(request.context().tenant(), request.context().plugin(), () -> {
                    CallResult last = sandbox.call(request);
                    for (int call = 1; call < BATCH; call++) {
                        last = requireReturned(sandbox.call(request));
                    }
                    return last;
                })
                .join();
    }

    private CompiledModule metered(byte[] module) {
        return engine.compile(
                new FuelInstrumenter(CostTable.CURRENT).meter(Modules.scanned(module, SecurityLevel.MINIMAL)));
    }

    private static CallResult requireReturned(CallResult result) {
        return switch (result) {
            case CallResult.Returned returned -> returned;
            case CallResult.Trapped trapped ->
                throw new IllegalStateException(trapped.trap().message());
        };
    }
}
