package org.storysign.plugins.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.limits.Fuel;
import org.storysign.plugins.limits.Limits;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.sandbox.CallResult;
import org.storysign.plugins.sandbox.FilePath;
import org.storysign.plugins.sandbox.FileRefused;
import org.storysign.plugins.sandbox.FileSession;
import org.storysign.plugins.sandbox.GuestStack;
import org.storysign.plugins.sandbox.LogLine;
import org.storysign.plugins.sandbox.Trap;
import org.storysign.plugins.sandbox.TrapException;
import org.storysign.plugins.sandbox.Usage;

class WireTest {

    private static final Limits LIMITS = SecurityLevel.ISOLATED.limits();

    private static final List<Trap> TRAPS = List.of(
            new Trap.OutOfFuel(LIMITS.fuel()),
            new Trap.RunTimeExceeded(LIMITS.runTime()),
            new Trap.WaitTimeExceeded(LIMITS.waitTime()),
            new Trap.MemoryExhausted(LIMITS.memory()),
            new Trap.StackExhausted(LIMITS.callDepth()),
            new Trap.OutOfBoundsMemory(" there"),
            new Trap.OutOfBoundsTable(" there"),
            new Trap.Unreachable(" and said `ouch`"),
            new Trap.ArithmeticFault("divided an integer by zero"),
            new Trap.IndirectCallMismatch(" there"),
            new Trap.HostCallsExhausted(LIMITS.hostCalls()),
            new Trap.HttpDenied("no"),
            new Trap.HttpFailed("gone"),
            new Trap.OutputTooLarge(MemorySize.ofMiB(1), LIMITS.output()),
            new Trap.PluginError(7, "`it failed`"),
            new Trap.Cancelled("disabled"),
            new Trap.EngineFault());

    private static DataInputStream written(Pipe.Payload payload) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        payload.writeTo(new DataOutputStream(bytes));
        return new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
    }

    @Test
    void every_trap_comes_through_as_it_was() throws IOException {
        Set<Class<?>> tried = TRAPS.stream().map(Object::getClass).collect(Collectors.toSet());

        assertThat(tried).isEqualTo(Set.copyOf(Arrays.asList(Trap.class.getPermittedSubclasses())));
        for (Trap trap : TRAPS) {
            assertThat(TrapCodec.read(written(out -> TrapCodec.write(trap, out)), LIMITS))
                    .isEqualTo(trap);
        }
    }

    @Test
    void a_result_comes_through_as_it_was() throws IOException {
        Usage usage = new Usage(
                new Fuel(5), MemorySize.ofKiB(64), Duration.ofMillis(3), Duration.ofMillis(2), LIMITS.hostCalls());
        List<LogLine> log = List.of(new LogLine(LogLine.Level.WARN, "careful"));
        CallResult.Trapped trapped =
                new CallResult.Trapped(new Trap.EngineFault(), new GuestStack(List.of("`f`")), usage, log);
        CallResult.Returned returned = new CallResult.Returned(new byte[] {1, 2}, usage, log);

        CallResult.Returned read =
                (CallResult.Returned) ResultCodec.read(written(out -> ResultCodec.write(returned, out)), LIMITS);

        assertThat(ResultCodec.read(written(out -> ResultCodec.write(trapped, out)), LIMITS))
                .isEqualTo(trapped);
        assertThat(read.output()).containsExactly(1, 2);
        assertThat(read.usage()).isEqualTo(usage);
        assertThat(read.log()).isEqualTo(log);
    }

    @Test
    void an_order_comes_through_as_it_was() throws IOException {
        CallOrder order = new CallOrder(
                true,
                "on_event",
                new byte[] {3},
                LIMITS,
                true,
                Map.of("greeting", "hello"),
                List.of("user_get"),
                List.of(new FileSession.Root("/data", true)));

        CallOrder read = CallOrder.read(written(order::writeTo));

        assertThat(read).usingRecursiveComparison().isEqualTo(order);
    }

    @Test
    void a_question_for_files_comes_through_as_it_was() throws IOException {
        FilePath path = new FilePath(0, "a/b");
        for (FileQuestion question : List.of(
                new FileQuestion.Find(path), new FileQuestion.Listing(path), new FileQuestion.Read(path, 5, 6))) {
            assertThat(FileQuestion.read(written(question::writeTo), 1, 6)).isEqualTo(question);
        }
    }

    @Test
    void an_answer_says_what_was_answered() throws IOException {
        assertThat(Answer.read(written(new Answer.Done(new byte[] {9})::writeTo), LIMITS))
                .containsExactly(9);
        assertThatThrownBy(() -> Answer.read(written(new Answer.Stopped(new Trap.HttpDenied("no"))::writeTo), LIMITS))
                .isInstanceOfSatisfying(
                        TrapException.class,
                        stopped -> assertThat(stopped.trap()).isEqualTo(new Trap.HttpDenied("no")));
        assertThatThrownBy(() -> Answer.read(written(new Answer.Refused(FileRefused.Fault.NOT_FOUND)::writeTo), LIMITS))
                .isInstanceOfSatisfying(
                        FileRefused.class,
                        refused -> assertThat(refused.fault()).isEqualTo(FileRefused.Fault.NOT_FOUND));
        assertThatThrownBy(() -> Answer.read(written(new Answer.Failed()::writeTo), LIMITS))
                .isInstanceOf(IllegalStateException.class);
    }
}
