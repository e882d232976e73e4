package org.storysign.plugins.worker;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.storysign.plugins.limits.Limits;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.sandbox.Trap;

/** A trap on the wire: its number, and what the reader cannot know from the call's limits. */
final class TrapCodec {

    /** Characters of a trap's text: a plugin's error is cut at 200 and quoted. */
    private static final int LONGEST_TEXT = 2_048;

    private TrapCodec() {}

    /** Which trap. The order is the wire's. */
    private enum Tag {
        OUT_OF_FUEL,
        RUN_TIME_EXCEEDED,
        WAIT_TIME_EXCEEDED,
        MEMORY_EXHAUSTED,
        STACK_EXHAUSTED,
        OUT_OF_BOUNDS_MEMORY,
        OUT_OF_BOUNDS_TABLE,
        UNREACHABLE,
        ARITHMETIC_FAULT,
        INDIRECT_CALL_MISMATCH,
        HOST_CALLS_EXHAUSTED,
        HTTP_DENIED,
        HTTP_FAILED,
        OUTPUT_TOO_LARGE,
        PLUGIN_ERROR,
        CANCELLED,
        ENGINE_FAULT;

        static final Tag[] ALL = values();
    }

    static void write(Trap trap, DataOutputStream out) throws IOException {
        switch (trap) {
            case Trap.OutOfFuel t -> write(Tag.OUT_OF_FUEL, out);
            case Trap.RunTimeExceeded t -> write(Tag.RUN_TIME_EXCEEDED, out);
            case Trap.WaitTimeExceeded t -> write(Tag.WAIT_TIME_EXCEEDED, out);
            case Trap.MemoryExhausted t -> write(Tag.MEMORY_EXHAUSTED, out);
            case Trap.StackExhausted t -> write(Tag.STACK_EXHAUSTED, out);
            case Trap.OutOfBoundsMemory t -> write(Tag.OUT_OF_BOUNDS_MEMORY, t.where(), out);
            case Trap.OutOfBoundsTable t -> write(Tag.OUT_OF_BOUNDS_TABLE, t.where(), out);
            case Trap.Unreachable t -> write(Tag.UNREACHABLE, t.where(), out);
            case Trap.ArithmeticFault t -> write(Tag.ARITHMETIC_FAULT, t.what(), out);
            case Trap.IndirectCallMismatch t -> write(Tag.INDIRECT_CALL_MISMATCH, t.where(), out);
            case Trap.HostCallsExhausted t -> write(Tag.HOST_CALLS_EXHAUSTED, out);
            case Trap.HttpDenied t -> write(Tag.HTTP_DENIED, t.reason(), out);
            case Trap.HttpFailed t -> write(Tag.HTTP_FAILED, t.reason(), out);
            case Trap.OutputTooLarge t -> {
                write(Tag.OUTPUT_TOO_LARGE, out);
                out.writeLong(t.found().bytes());
            }
            case Trap.PluginError t -> {
                write(Tag.PLUGIN_ERROR, t.text(), out);
                out.writeInt(t.status());
            }
            case Trap.Cancelled t -> write(Tag.CANCELLED, t.reason(), out);
            case Trap.EngineFault t -> write(Tag.ENGINE_FAULT, out);
        }
    }

    private static void write(Tag tag, DataOutputStream out) throws IOException {
        out.writeByte(tag.ordinal());
    }

    private static void write(Tag tag, String text, DataOutputStream out) throws IOException {
        write(tag, out);
        Fields.write(text, out);
    }

    /** Of a call with these limits: what a trap says of them is taken from there. */
    static Trap read(DataInputStream in, Limits limits) throws IOException {
        return switch (Fields.constant(in, Tag.ALL)) {
            case OUT_OF_FUEL -> new Trap.OutOfFuel(limits.fuel());
            case RUN_TIME_EXCEEDED -> new Trap.RunTimeExceeded(limits.runTime());
            case WAIT_TIME_EXCEEDED -> new Trap.WaitTimeExceeded(limits.waitTime());
            case MEMORY_EXHAUSTED -> new Trap.MemoryExhausted(limits.memory());
            case STACK_EXHAUSTED -> new Trap.StackExhausted(limits.callDepth());
            case OUT_OF_BOUNDS_MEMORY -> new Trap.OutOfBoundsMemory(text(in));
            case OUT_OF_BOUNDS_TABLE -> new Trap.OutOfBoundsTable(text(in));
            case UNREACHABLE -> new Trap.Unreachable(text(in));
            case ARITHMETIC_FAULT -> new Trap.ArithmeticFault(text(in));
            case INDIRECT_CALL_MISMATCH -> new Trap.IndirectCallMismatch(text(in));
            case HOST_CALLS_EXHAUSTED -> new Trap.HostCallsExhausted(limits.hostCalls());
            case HTTP_DENIED -> new Trap.HttpDenied(text(in));
            case HTTP_FAILED -> new Trap.HttpFailed(text(in));
            case OUTPUT_TOO_LARGE -> new Trap.OutputTooLarge(new MemorySize(Fields.number(in)), limits.output());
            case PLUGIN_ERROR -> {
                String text = text(in);
                yield new Trap.PluginError(in.readInt(), text);
            }
            case CANCELLED -> new Trap.Cancelled(text(in));
            case ENGINE_FAULT -> new Trap.EngineFault();
        };
    }

    private static String text(DataInputStream in) throws IOException {
        return Fields.safeText(in, LONGEST_TEXT);
    }
}
