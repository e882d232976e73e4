package org.storysign.plugins.worker;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.storysign.plugins.limits.Fuel;
import org.storysign.plugins.limits.Limits;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.sandbox.CallResult;
import org.storysign.plugins.sandbox.GuestStack;
import org.storysign.plugins.sandbox.LogLine;
import org.storysign.plugins.sandbox.Trap;
import org.storysign.plugins.sandbox.Usage;

/** A result on the wire. What is read holds to the call's limits whatever the worker wrote. */
final class ResultCodec {

    private static final LogLine.Level[] LEVELS = LogLine.Level.values();
    private static final int LONGEST_NAME = 2_048;

    /** What a log's line costs at least, as the sandbox counts it. */
    private static final int LEAST_LINE = 16;

    private ResultCodec() {}

    static void write(CallResult result, DataOutputStream out) throws IOException {
        write(result.usage(), out);
        Fields.write(result.log(), out, line -> {
            out.writeByte(line.level().ordinal());
            Fields.write(line.text(), out);
        });
        switch (result) {
            case CallResult.Returned returned -> {
                out.writeBoolean(true);
                Fields.write(returned.output(), out);
            }
            case CallResult.Trapped trapped -> {
                out.writeBoolean(false);
                Fields.write(trapped.stack().functions(), out, name -> Fields.write(name, out));
                TrapCodec.write(trapped.trap(), out);
            }
        }
    }

    private static void write(Usage usage, DataOutputStream out) throws IOException {
        out.writeLong(usage.fuel().units());
        out.writeLong(usage.peakMemory().bytes());
        Fields.write(usage.runTime(), out);
        Fields.write(usage.waitTime(), out);
        out.writeInt(usage.hostCalls());
    }

    static CallResult read(DataInputStream in, Limits limits) throws IOException {
        Usage usage = usage(in, limits);
        List<LogLine> log = Fields.list(
                in,
                (int) Math.min(limits.log().bytes() / LEAST_LINE + 1, Integer.MAX_VALUE),
                () -> line(in, (int) limits.log().bytes()));
        if (in.readBoolean()) {
            byte[] output = Fields.bytes(in);
            if (output.length > limits.output().bytes()) {
                Trap tooLarge = new Trap.OutputTooLarge(new MemorySize(output.length), limits.output());
                return new CallResult.Trapped(tooLarge, GuestStack.NONE, usage, log);
            }
            return new CallResult.Returned(output, usage, log);
        }
        GuestStack stack = new GuestStack(Fields.list(in, GuestStack.MOST, () -> Fields.safeText(in, LONGEST_NAME)));
        return new CallResult.Trapped(TrapCodec.read(in, limits), stack, usage, log);
    }

    private static LogLine line(DataInputStream in, int longest) throws IOException {
        LogLine.Level level = Fields.constant(in, LEVELS);
        return new LogLine(level, Fields.safeText(in, longest));
    }

    private static Usage usage(DataInputStream in, Limits limits) throws IOException {
        return new Usage(
                new Fuel(Math.min(Fields.number(in), limits.fuel().units())),
                new MemorySize(Math.min(Fields.number(in), limits.memory().bytes())),
                duration(in),
                duration(in),
                Math.clamp(in.readInt(), 0, limits.hostCalls()));
    }

    /** No call lasts a day. */
    private static Duration duration(DataInputStream in) throws IOException {
        Duration told = Fields.duration(in);
        return told.compareTo(Duration.ofDays(1)) > 0 ? Duration.ofDays(1) : told;
    }
}
