package org.storysign.plugins.abi;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.sandbox.CallRequest;
import org.storysign.plugins.sandbox.HostCall;
import org.storysign.plugins.sandbox.LogLine;
import org.storysign.plugins.sandbox.MemoryBudget;
import org.storysign.plugins.sandbox.Trap;
import org.storysign.plugins.sandbox.TrapException;
import org.storysign.plugins.wasm.ModuleShape;

/**
 * What descriptors 0, 1 and 2 lead to. Of a command: the call's input, its output, and the log. Of any other module: nothing to
 * read, and the log twice. Used by the guest's thread.
 */
final class StandardStreams {

    static final int INPUT = 0;
    static final int OUTPUT = 1;
    static final int ERROR = 2;

    private final byte[] input;
    private final boolean command;
    private final MemorySize outputLimit;
    private final MemoryBudget budget;
    private final ByteArrayOutputStream output = new ByteArrayOutputStream(0);
    private final Line outputLine = new Line(LogLine.Level.INFO);
    private final Line errorLine = new Line(LogLine.Level.ERROR);
    private int read;

    StandardStreams(byte[] input, boolean command, MemorySize outputLimit, MemoryBudget budget) {
        this.input = input;
        this.command = command;
        this.outputLimit = outputLimit;
        this.budget = budget;
    }

    /** Whether the call runs a command: {@code _start} of a module that imports nothing of Extism. */
    static boolean isCommand(CallRequest request) {
        ModuleShape shape = request.module().shape();
        return request.export().equals("_start")
                && shape.imports().stream()
                        .noneMatch(imported -> imported.module().startsWith("extism:"));
    }

    boolean isCommand() {
        return command;
    }

    /** The next bytes of input, at most so many; empty at its end. */
    byte[] read(long most) {
        int until = (int) Math.min(input.length, read + Math.min(most, input.length));
        byte[] next = Arrays.copyOfRange(input, read, until);
        read = until;
        return next;
    }

    /** Takes what the guest writes to {@link #OUTPUT} or {@link #ERROR}. Throws {@link TrapException}. */
    void write(HostCall call, int descriptor, byte[] bytes) {
        if (descriptor == OUTPUT && command) {
            writeOutput(bytes);
        } else {
            (descriptor == OUTPUT ? outputLine : errorLine).write(call, bytes);
        }
    }

    private void writeOutput(byte[] bytes) {
        long found = (long) output.size() + bytes.length;
        if (found > outputLimit.bytes()) {
            throw new TrapException(new Trap.OutputTooLarge(new MemorySize(found), outputLimit));
        }
        budget.require(bytes.length);
        output.writeBytes(bytes);
    }

    /** What the command wrote. */
    byte[] output() {
        return output.toByteArray();
    }

    /** Logs lines that were begun and not ended. */
    void flush() {
        outputLine.end();
        errorLine.end();
    }

    /** A line of log in the making: guests write it in any number of pieces. */
    private static final class Line {

        /** Bytes after which a line is taken to be ended. */
        private static final int LONGEST = 4_096;

        private final LogLine.Level level;
        private final ByteArrayOutputStream begun = new ByteArrayOutputStream(0);
        private @Nullable HostCall call;

        Line(LogLine.Level level) {
            this.level = level;
        }

        void write(HostCall by, byte[] bytes) {
            call = by;
            for (byte next : bytes) {
                if (next == '\n') {
                    end();
                } else {
                    begun.write(next);
                    if (begun.size() == LONGEST) {
                        end();
                    }
                }
            }
        }

        void end() {
            if (call != null && begun.size() > 0) {
                call.log(level, begun.toString(StandardCharsets.UTF_8));
                begun.reset();
            }
        }
    }
}
