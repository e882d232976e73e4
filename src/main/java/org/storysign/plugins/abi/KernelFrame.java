package org.storysign.plugins.abi;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.problem.GuestText;
import org.storysign.plugins.sandbox.CallFrame;
import org.storysign.plugins.sandbox.CallRequest;
import org.storysign.plugins.sandbox.KeptFrame;
import org.storysign.plugins.sandbox.MemoryBudget;
import org.storysign.plugins.sandbox.Trap;
import org.storysign.plugins.sandbox.TrapException;

/** The kernel's state of one call. Used by the guest's thread. */
final class KernelFrame implements CallFrame {

    /** Bytes of an error text that are looked at; the message shows fewer. */
    private static final int ERROR_SHOWN = 1_024;

    private final CallRequest request;
    private final MemoryBudget budget;
    private KernelMemory memory;
    private final Variables variables;
    private final StandardStreams streams;
    private final Descriptors descriptors;
    private final boolean initialised;
    private boolean exited;
    private long input;
    private long outputStart;
    private long outputLength;
    private long error;
    private int httpRequests;
    private int httpStatus;
    private Map<String, String> httpHeaders = Map.of();
    private Duration slept = Duration.ZERO;

    /** Throws {@link TrapException} when the budget does not even hold the input. */
    KernelFrame(CallRequest request, MemoryBudget budget) {
        this(request, budget, new Variables(budget), false);
    }

    /** What outlives a call: the variables. Blocks, error and HTTP status are the call's own. */
    private record Remains(MemoryBudget budget, Variables variables) implements KeptFrame {}

    /** Of the next call of an instance that was kept, which is initialised. Throws as the first. */
    static KernelFrame again(CallRequest request, KeptFrame kept) {
        Remains remains = (Remains) kept;
        return new KernelFrame(request, remains.budget, remains.variables, true);
    }

    private KernelFrame(CallRequest request, MemoryBudget budget, Variables variables, boolean initialised) {
        this.request = request;
        this.budget = budget;
        this.memory = new KernelMemory(budget);
        this.variables = variables;
        this.initialised = initialised;
        boolean command = StandardStreams.isCommand(request);
        this.streams = new StandardStreams(
                command ? request.input() : new byte[0],
                command,
                request.limits().output(),
                budget);
        this.descriptors = new Descriptors(request.files().open(request.context()));
        this.input = command ? 0 : memory.place(request.input());
    }

    @Override
    public Optional<KeptFrame> keep() {
        memory.release();
        return exited ? Optional.empty() : Optional.of(new Remains(budget, variables));
    }

    /** Whether the initialisers of the instance have run. */
    boolean isInitialised() {
        return initialised;
    }

    /** The guest has left its frames as they were. */
    void exit() {
        exited = true;
    }

    CallRequest request() {
        return request;
    }

    KernelMemory memory() {
        return memory;
    }

    Variables variables() {
        return variables;
    }

    StandardStreams streams() {
        return streams;
    }

    /** The open files. */
    Descriptors descriptors() {
        return descriptors;
    }

    /** The handle of the input, 0 when it is empty. */
    long input() {
        return input;
    }

    /** Its length; 0 once the guest has freed it. */
    long inputLength() {
        return memory.length(input);
    }

    /** Forgets every block, also input, output and error: their handles are dead and their bytes gone. */
    void reset() {
        memory.release();
        memory = new KernelMemory(budget);
        input = 0;
        outputStart = 0;
        outputLength = 0;
        error = 0;
    }

    /** Remembers a range as the output; one that is not inside the kernel's memory is ignored. */
    void setOutput(long start, long length) {
        if (memory.contains(start, length)) {
            outputStart = start;
            outputLength = length;
        }
    }

    /** The output as it is now. Throws {@link TrapException} with {@link Trap.OutputTooLarge}. */
    byte[] output() {
        if (streams.isCommand()) {
            return streams.output();
        }
        MemorySize limit = request.limits().output();
        if (outputLength > limit.bytes()) {
            throw new TrapException(new Trap.OutputTooLarge(new MemorySize(outputLength), limit));
        }
        return memory.contains(outputStart, outputLength) ? memory.range(outputStart, outputLength) : new byte[0];
    }

    /** The handle of the error, 0 for none. */
    long error() {
        return error;
    }

    void setError(long handle) {
        error = handle;
    }

    /** The error the guest set, quoted; empty when it set none. */
    String errorText() {
        byte[] text = memory.block(error, ERROR_SHOWN);
        return text.length == 0 ? "" : GuestText.quote(new String(text, StandardCharsets.UTF_8));
    }

    /** Counts a request to another server; true while it is within the limit. */
    boolean mayRequest() {
        return ++httpRequests <= request.limits().http().requests();
    }

    /** How long the guest has asked to sleep so far. */
    Duration slept() {
        return slept;
    }

    void sleep(Duration time) {
        slept = slept.plus(time);
    }

    void answered(int status, Map<String, String> headers) {
        httpStatus = status;
        httpHeaders = Map.copyOf(headers);
    }

    /** Of the last answer, 0 before the first. */
    int httpStatus() {
        return httpStatus;
    }

    Map<String, String> httpHeaders() {
        return httpHeaders;
    }
}
