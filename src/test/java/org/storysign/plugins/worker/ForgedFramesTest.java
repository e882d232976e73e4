package org.storysign.plugins.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.storysign.plugins.abi.UserFunctions;
import org.storysign.plugins.kit.TestCall;
import org.storysign.plugins.limits.Fuel;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.sandbox.CallRequest;
import org.storysign.plugins.sandbox.CallResult;
import org.storysign.plugins.sandbox.CompiledModule;
import org.storysign.plugins.sandbox.ExecutionMode;
import org.storysign.plugins.sandbox.FileChange;
import org.storysign.plugins.sandbox.FileEntry;
import org.storysign.plugins.sandbox.FilePath;
import org.storysign.plugins.sandbox.FileSession;
import org.storysign.plugins.sandbox.GuestStack;
import org.storysign.plugins.sandbox.Linkage;
import org.storysign.plugins.sandbox.LogLine;
import org.storysign.plugins.sandbox.MemoryHabit;
import org.storysign.plugins.sandbox.ModuleInstance;
import org.storysign.plugins.sandbox.Trap;
import org.storysign.plugins.sandbox.Usage;
import org.storysign.plugins.wasm.ModuleShape;

/** A worker that an enemy has taken over can say what it likes: it gets no more than its plugin, and harms nobody. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForgedFramesTest {

    private static final MemorySize OUTPUT = MemorySize.ofKiB(1);

    private final WorkerWatch watch = new WorkerWatch();
    private final AtomicInteger asked = new AtomicInteger();

    /** What a worker says. */
    private record Forged(String what, byte[] bytes) {
        @Override
        public String toString() {
            return what;
        }
    }

    private static byte[] frame(Frame.Kind kind, Pipe.Payload payload) {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        try {
            new Pipe(InputStream.nullInputStream(), written).send(kind, payload);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return written.toByteArray();
    }

    private static byte[] raw(int length, int... bytes) {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(written)) {
            out.writeInt(length);
            for (int each : bytes) {
                out.writeByte(each);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return written.toByteArray();
    }

    private static byte[] twice(byte[] bytes) {
        byte[] both = new byte[2 * bytes.length];
        System.arraycopy(bytes, 0, both, 0, bytes.length);
        System.arraycopy(bytes, 0, both, bytes.length, bytes.length);
        return both;
    }

    private static byte[] hostCall(String name) {
        return frame(Frame.Kind.HOST_CALL, out -> {
            Fields.write(name, out);
            Fields.write(new byte[1], out);
        });
    }

    private static byte[] files(int tag, int root, String path, int most) {
        return frame(Frame.Kind.FILES, out -> {
            out.writeByte(tag);
            out.writeInt(root);
            Fields.write(path, out);
            out.writeLong(0);
            out.writeInt(most);
        });
    }

    private static void usage(DataOutputStream out) throws IOException {
        out.write(new byte[4 * Long.BYTES + Integer.BYTES]);
    }

    static Stream<Forged> broken() {
        return Stream.of(
                new Forged("nothing", new byte[0]),
                new Forged("a frame cut off", raw(100, Frame.Kind.RESULT.ordinal())),
                new Forged("a frame of no bytes", raw(0)),
                new Forged("a frame of less than no bytes", raw(-1)),
                new Forged("the largest frame", raw(Integer.MAX_VALUE, Frame.Kind.RESULT.ordinal())),
                new Forged("a kind there is not", raw(1, 200)),
                new Forged("an order of the service", raw(1, Frame.Kind.CALL.ordinal())),
                new Forged("that it is ready once more", raw(2, Frame.Kind.READY.ordinal(), 1)),
                new Forged("an empty result", raw(1, Frame.Kind.RESULT.ordinal())),
                new Forged("fuel below nothing", frame(Frame.Kind.RESULT, out -> out.writeLong(-1))),
                new Forged("a log of two billion lines", frame(Frame.Kind.RESULT, out -> {
                    usage(out);
                    out.writeInt(Integer.MAX_VALUE);
                })),
                new Forged("a log line of a length it has not", frame(Frame.Kind.RESULT, out -> {
                    usage(out);
                    out.writeInt(1);
                    out.writeByte(0);
                    out.writeInt(Integer.MAX_VALUE);
                })),
                new Forged("a log level there is not", frame(Frame.Kind.RESULT, out -> {
                    usage(out);
                    out.writeInt(1);
                    out.writeByte(77);
                    Fields.write("", out);
                })),
                new Forged("an output of less than nothing", frame(Frame.Kind.RESULT, out -> {
                    usage(out);
                    out.writeInt(0);
                    out.writeBoolean(true);
                    out.writeInt(-1);
                })),
                new Forged("a deep stack", frame(Frame.Kind.RESULT, out -> {
                    usage(out);
                    out.writeInt(0);
                    out.writeBoolean(false);
                    out.writeInt(GuestStack.MOST + 1);
                    out.write(new byte[100]);
                })),
                new Forged("a trap there is not", frame(Frame.Kind.RESULT, out -> {
                    usage(out);
                    out.writeInt(0);
                    out.writeBoolean(false);
                    out.writeInt(0);
                    out.writeByte(99);
                })),
                new Forged("a function that was not offered", hostCall("storage_get")),
                new Forged("a function of the kernel", hostCall("extism:host/env.http_request")),
                new Forged("one host call too many", twice(hostCall("ask"))),
                new Forged("a directory that is not there", files(0, 1, "a", 0)),
                new Forged("a directory below nothing", files(0, -1, "a", 0)),
                new Forged("a path upwards", files(0, 0, "../../etc/passwd", 0)),
                new Forged("a path from the root", files(0, 0, "/etc/passwd", 0)),
                new Forged("a path with a zero", files(0, 0, "a\0b", 0)),
                new Forged("more of a file than fits", files(2, 0, "a", Integer.MAX_VALUE)),
                new Forged("less of a file than nothing", files(2, 0, "a", -1)),
                new Forged("a change of a file", files(3, 0, "a", 0)));
    }

    private CallRequest request() {
        TestCall call = TestCall.of("(module (func (export \"run\")))")
                .limits(limits ->
                        SecurityLevel.ISOLATED.limits().withHostCalls(1).withOutput(OUTPUT))
                .functions(UserFunctions.of("ask", (host, input) -> {
                    asked.incrementAndGet();
                    return new byte[0];
                }))
                .files(context -> new OneFile());
        return call.request(new NoModule());
    }

    private CallResult call(byte[] says, int exit, List<FakeProcess> made) {
        FakeProcess process = new FakeProcess(says, exit);
        made.add(process);
        return new WorkerProcess(process, watch, Duration.ofSeconds(30)).call(request(), false);
    }

    private static Trap trap(CallResult result) {
        assertThat(result).isInstanceOf(CallResult.Trapped.class);
        return ((CallResult.Trapped) result).trap();
    }

    @AfterAll
    void close() {
        watch.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("broken")
    void what_no_worker_says_ends_the_call_and_the_worker(Forged forged) {
        List<FakeProcess> made = new ArrayList<>();

        CallResult result = call(forged.bytes(), 1, made);

        assertThat(trap(result)).isEqualTo(new Trap.EngineFault());
        assertThat(made)
                .singleElement()
                .satisfies(process -> assertThat(process.killed()).isTrue());
        assertThat(asked.get()).isLessThanOrEqualTo(1);
    }

    @Test
    void a_worker_whose_heap_is_full_has_used_up_its_memory() {
        CallResult result = call(new byte[0], 3, new ArrayList<>());

        assertThat(trap(result))
                .isEqualTo(
                        new Trap.MemoryExhausted(SecurityLevel.ISOLATED.limits().memory()));
    }

    @Test
    void a_result_that_boasts_is_held_to_the_limits_of_the_call() {
        byte[] boast = frame(
                Frame.Kind.RESULT,
                out -> ResultCodec.write(
                        new CallResult.Returned(
                                new byte[1],
                                new Usage(
                                        Fuel.LARGEST,
                                        MemorySize.ofMiB(1 << 20),
                                        Duration.ofDays(100),
                                        Duration.ofDays(100),
                                        1_000_000),
                                List.of()),
                        out));

        Usage usage = call(boast, 0, new ArrayList<>()).usage();

        assertThat(usage)
                .isEqualTo(new Usage(
                        SecurityLevel.ISOLATED.limits().fuel(),
                        SecurityLevel.ISOLATED.limits().memory(),
                        Duration.ofDays(1),
                        Duration.ofDays(1),
                        1));
    }

    @Test
    void more_output_than_the_limit_is_none() {
        byte[] large = frame(
                Frame.Kind.RESULT,
                out -> ResultCodec.write(
                        new CallResult.Returned(new byte[(int) OUTPUT.bytes() + 1], Usage.NONE, List.of()), out));

        assertThat(trap(call(large, 0, new ArrayList<>())))
                .isEqualTo(new Trap.OutputTooLarge(new MemorySize(OUTPUT.bytes() + 1), OUTPUT));
    }

    @Test
    void nobody_reads_a_line_or_a_terminal_command_that_a_worker_forged() {
        byte[] forged = frame(Frame.Kind.RESULT, out -> {
            usage(out);
            out.writeInt(1);
            out.writeByte(LogLine.Level.INFO.ordinal());
            Fields.write("a\nERROR b", out);
            out.writeBoolean(false);
            Fields.write(List.of("f\u001b[31m"), out, name -> Fields.write(name, out));
            TrapCodec.write(new Trap.PluginError(1, "c\r\nd"), out);
        });

        CallResult.Trapped result = (CallResult.Trapped) call(forged, 0, new ArrayList<>());

        assertThat(result.log())
                .singleElement()
                .satisfies(line -> assertThat(line.text()).isEqualTo("a\\nERROR b"));
        assertThat(result.message()).doesNotContain("\n", "\r", "\u001b");
    }

    /** Of a call whose worker is forged. */
    private static final class NoModule implements CompiledModule {

        @Override
        public ModuleShape shape() {
            throw new AssertionError("nobody asks");
        }

        @Override
        public MemoryHabit habit() {
            throw new AssertionError("nobody asks");
        }

        @Override
        public ExecutionMode mode() {
            return ExecutionMode.COMPILED;
        }

        @Override
        public CompletionStage<ExecutionMode> settled() {
            throw new AssertionError("nobody asks");
        }

        @Override
        public ModuleInstance instantiate(Linkage linkage) {
            throw new AssertionError("it runs elsewhere");
        }

        @Override
        public void close() {}
    }

    /** A directory with a file. */
    private static final class OneFile implements FileSession {

        private static final FileEntry FILE = new FileEntry("a", false, 1, Instant.EPOCH);

        @Override
        public List<Root> roots() {
            return List.of(new Root("/data", false));
        }

        @Override
        public Optional<FileEntry> find(FilePath path, Duration timeout) {
            return Optional.of(FILE);
        }

        @Override
        public List<FileEntry> list(FilePath directory, Duration timeout) {
            return List.of(FILE);
        }

        @Override
        public byte[] read(FilePath file, long offset, int most, Duration timeout) {
            return new byte[1];
        }

        @Override
        public long change(FilePath path, FileChange change, Duration timeout) {
            throw new AssertionError("a worker changed a file");
        }
    }
}
