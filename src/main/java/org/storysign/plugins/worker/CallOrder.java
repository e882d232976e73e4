package org.storysign.plugins.worker;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.storysign.plugins.limits.Fuel;
import org.storysign.plugins.limits.HttpLimits;
import org.storysign.plugins.limits.Limits;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.sandbox.CallRequest;
import org.storysign.plugins.sandbox.FileSession;
import org.storysign.plugins.sandbox.HostFunction;

/**
 * A call as a worker is told of it. Not for whom it is: that stays in the service.
 *
 * @param onlyTrial whether only an instance is to be made
 * @param functions the names of the platform's functions that the guest is linked to
 * @param roots the directories it finds
 */
record CallOrder(
        boolean onlyTrial,
        String export,
        byte[] input,
        Limits limits,
        boolean dryRun,
        Map<String, String> config,
        List<String> functions,
        List<FileSession.Root> roots) {

    static CallOrder of(CallRequest request, FileSession files, boolean onlyTrial) {
        return new CallOrder(
                onlyTrial,
                request.export(),
                request.input(),
                request.limits(),
                request.context().dryRun(),
                request.config(),
                request.functions().stream().map(HostFunction::name).toList(),
                files.roots());
    }

    void writeTo(DataOutputStream out) throws IOException {
        out.writeBoolean(onlyTrial);
        Fields.write(export, out);
        Fields.write(input, out);
        write(limits, out);
        out.writeBoolean(dryRun);
        Fields.write(List.copyOf(config.entrySet()), out, entry -> {
            Fields.write(entry.getKey(), out);
            Fields.write(entry.getValue(), out);
        });
        Fields.write(functions, out, name -> Fields.write(name, out));
        Fields.write(roots, out, root -> {
            Fields.write(root.name(), out);
            out.writeBoolean(root.writable());
        });
    }

    static CallOrder read(DataInputStream in) throws IOException {
        return new CallOrder(
                in.readBoolean(),
                Fields.text(in),
                Fields.bytes(in),
                limits(in),
                in.readBoolean(),
                config(in),
                Fields.list(in, Integer.MAX_VALUE, () -> Fields.text(in)),
                Fields.list(in, Integer.MAX_VALUE, () -> new FileSession.Root(Fields.text(in), in.readBoolean())));
    }

    private static Map<String, String> config(DataInputStream in) throws IOException {
        Map<String, String> config = new LinkedHashMap<>();
        Fields.list(in, Integer.MAX_VALUE, () -> Map.entry(Fields.text(in), Fields.text(in)))
                .forEach(entry -> config.put(entry.getKey(), entry.getValue()));
        return config;
    }

    private static void write(Limits limits, DataOutputStream out) throws IOException {
        out.writeLong(limits.fuel().units());
        out.writeLong(limits.memory().bytes());
        Fields.write(limits.runTime(), out);
        Fields.write(limits.waitTime(), out);
        out.writeInt(limits.callDepth());
        out.writeInt(limits.hostCalls());
        out.writeLong(limits.input().bytes());
        out.writeLong(limits.output().bytes());
        out.writeLong(limits.log().bytes());
        out.writeInt(limits.http().requests());
        out.writeLong(limits.http().body().bytes());
    }

    private static Limits limits(DataInputStream in) throws IOException {
        return new Limits(
                new Fuel(in.readLong()),
                new MemorySize(in.readLong()),
                Fields.duration(in),
                Fields.duration(in),
                in.readInt(),
                in.readInt(),
                new MemorySize(in.readLong()),
                new MemorySize(in.readLong()),
                new MemorySize(in.readLong()),
                new HttpLimits(in.readInt(), new MemorySize(in.readLong())));
    }
}
