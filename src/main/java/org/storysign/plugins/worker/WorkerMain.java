package org.storysign.plugins.worker;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.security.SecureRandom;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.sandbox.CallResult;
import org.storysign.plugins.wasm.WasmBinary;

/**
 * A worker: loads what it will need, shuts itself in, is given a module, and makes calls of it one after the other until its pipe
 * ends. The only argument is what it is to be shut in with, a {@link ConfinementDemand}.
 */
final class WorkerMain {

    private WorkerMain() {}

    public static void main(String[] arguments) throws IOException {
        ConfinementDemand demand = ConfinementDemand.valueOf(arguments[0]);
        SecureRandom random = new SecureRandom();
        Preparation.of(random);
        boolean confined = demand != ConfinementDemand.OFF && Confinement.apply();
        Pipe pipe = new Pipe(new FileInputStream(FileDescriptor.in), new FileOutputStream(FileDescriptor.out));
        try {
            WorkerModule module = awaitModule(pipe, random, confined);
            while (true) {
                Frame frame = pipe.receive(Integer.MAX_VALUE);
                CallResult result = module.run(CallOrder.read(frame.fields()), pipe);
                pipe.send(Frame.Kind.RESULT, out -> ResultCodec.write(result, out));
            }
        } catch (EOFException serviceIsDoneWithIt) {
            return;
        }
    }

    private static WorkerModule awaitModule(Pipe pipe, SecureRandom random, boolean confined) throws IOException {
        while (true) {
            DataInputStream load = pipe.receive(Integer.MAX_VALUE).fields();
            SecurityLevel level = Fields.constant(load, SecurityLevel.values());
            WasmBinary binary = new WasmBinary(Fields.bytes(load));
            try {
                WorkerModule module = new WorkerModule(binary, level, random);
                pipe.send(Frame.Kind.READY, out -> out.writeBoolean(confined));
                return module;
            } catch (ProblemException refused) {
                pipe.send(Frame.Kind.REFUSED, out -> {});
            }
        }
    }
}
