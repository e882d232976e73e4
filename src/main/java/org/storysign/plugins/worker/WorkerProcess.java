package org.storysign.plugins.worker;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.storysign.plugins.limits.Fuel;
import org.storysign.plugins.limits.Limits;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.sandbox.CallRequest;
import org.storysign.plugins.sandbox.CallResult;
import org.storysign.plugins.sandbox.FileSession;
import org.storysign.plugins.sandbox.GuestStack;
import org.storysign.plugins.sandbox.Placement;
import org.storysign.plugins.sandbox.Trap;
import org.storysign.plugins.sandbox.Usage;

/** One worker, as the service has it. Used by one thread at a time; {@link #kill} by any. */
final class WorkerProcess {

    private static final System.Logger LOG = System.getLogger(WorkerProcess.class.getName());

    /** How a Java machine ends that is told to end when its heap is full. */
    private static final int OUT_OF_MEMORY = 3;

    /** Around what a call's limits say how much a frame can carry. */
    private static final int SPARE_BYTES = 1 << 16;

    /** A line of log can say so little that what is around it on the wire is more. */
    private static final int WIRE_OF_A_LOGGED_BYTE = 2;

    private final Process process;
    private final Pipe pipe;
    private final WorkerWatch watch;
    private final Duration grace;
    private boolean trusted = true;
    private boolean confined;

    WorkerProcess(Process process, WorkerWatch watch, Duration grace) {
        this.process = process;
        this.pipe = new Pipe(process.getInputStream(), process.getOutputStream());
        this.watch = watch;
        this.grace = grace;
    }

    /** Gives it its module; whether it can be called now. Waits no longer than {@code mostMillis}, and kills it then. */
    boolean load(Placement placement, long mostMillis) {
        Future<?> killing = watch.killAfter(mostMillis, this);
        try {
            pipe.send(Frame.Kind.LOAD, out -> {
                out.writeByte(placement.level().ordinal());
                Fields.write(placement.source().toBytes(), out);
            });
            Frame answer = pipe.receive(SPARE_BYTES);
            confined = answer.kind() == Frame.Kind.READY && answer.fields().readBoolean();
            return answer.kind() == Frame.Kind.READY;
        } catch (IOException gone) {
            return false;
        } finally {
            killing.cancel(false);
        }
    }

    /** Whether a filter of system calls is around it. */
    boolean confined() {
        return confined;
    }

    /** Whether it can be given a call. */
    boolean isUsable() {
        return trusted && process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    void kill() {
        process.destroyForcibly();
    }

    /** Makes the call; a worker that breaks on it is killed. */
    CallResult call(CallRequest request, boolean onlyTrial) {
        FileSession files = request.files().open(request.context());
        HostSide host = new HostSide(request, files);
        CallWatch call = new CallWatch(request, grace);
        Future<?> watching = watch.over(call, this);
        try {
            return exchange(CallOrder.of(request, files, onlyTrial), host, call);
        } catch (IOException gone) {
            trusted = false;
            call.ownTurn();
            Trap trap = call.verdict().orElseGet(() -> cause(request, gone));
            kill();
            Usage usage = new Usage(Fuel.NONE, MemorySize.ZERO, call.worked(), host.waitTime(), host.hostCalls());
            return new CallResult.Trapped(trap, GuestStack.NONE, usage, List.of());
        } catch (RuntimeException | Error broken) {
            trusted = false;
            kill();
            throw broken;
        } finally {
            watching.cancel(false);
        }
    }

    private CallResult exchange(CallOrder order, HostSide host, CallWatch call) throws IOException {
        call.workersTurn();
        pipe.send(Frame.Kind.CALL, order::writeTo);
        while (true) {
            Frame frame = pipe.receive(most(order.limits()));
            call.ownTurn();
            switch (frame.kind()) {
                case RESULT -> {
                    return ended(ResultCodec.read(frame.fields(), order.limits()));
                }
                case HOST_CALL -> answer(host.hostCall(frame.fields()), call);
                case FILES -> answer(host.files(frame.fields()), call);
                default -> throw new BrokenPipeException("a frame that no worker sends");
            }
        }
    }

    private void answer(Answer answer, CallWatch call) throws IOException {
        call.workersTurn();
        pipe.send(Frame.Kind.ANSWER, answer::writeTo);
    }

    /** One whose engine failed is not used again. */
    private CallResult ended(CallResult result) {
        trusted = !(result instanceof CallResult.Trapped trapped && trapped.trap() instanceof Trap.EngineFault);
        return result;
    }

    private static long most(Limits limits) {
        return limits.memory().bytes()
                + limits.output().bytes()
                + WIRE_OF_A_LOGGED_BYTE * limits.log().bytes()
                + SPARE_BYTES;
    }

    private Trap cause(CallRequest request, IOException gone) {
        Optional<Integer> exit = gone instanceof BrokenPipeException ? Optional.empty() : exit();
        if (exit.filter(code -> code == OUT_OF_MEMORY).isPresent()) {
            return new Trap.MemoryExhausted(request.limits().memory());
        }
        LOG.log(
                System.Logger.Level.ERROR,
                () -> "worker failed plugin=" + request.context().plugin() + " export=" + request.export()
                        + " invocation_id=" + request.context().invocation() + " exit="
                        + exit.map(String::valueOf).orElse("none"),
                gone);
        return new Trap.EngineFault();
    }

    private Optional<Integer> exit() {
        try {
            return process.waitFor(1, TimeUnit.SECONDS) ? Optional.of(process.exitValue()) : Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
