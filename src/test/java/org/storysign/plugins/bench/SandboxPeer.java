package org.storysign.plugins.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.storysign.plugins.abi.ExtismKernel;
import org.storysign.plugins.kit.Modules;
import org.storysign.plugins.kit.TestCall;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.sandbox.CallRequest;
import org.storysign.plugins.sandbox.CallResult;
import org.storysign.plugins.sandbox.CompiledModule;
import org.storysign.plugins.sandbox.InstancePool;
import org.storysign.plugins.sandbox.Sandbox;
import org.storysign.plugins.sandbox.SandboxConfig;
import org.storysign.plugins.sandbox.chicory.ChicoryEngine;
import org.storysign.plugins.sandbox.chicory.Tiering;
import org.storysign.plugins.wasm.fuel.CostTable;
import org.storysign.plugins.wasm.fuel.FuelInstrumenter;

/**
 * This product as a {@link Peer}: the sandbox as the service has it, metered and limited by level minimal, without HTTP. CPU time is that of
 * the whole process, collector and compiler included. {@code SandboxPeer MODULE EXPORT INPUT fresh|reused}
 */
public final class SandboxPeer {

    private final ChicoryEngine engine = new ChicoryEngine(Tiering.COMPILED);
    private final Sandbox sandbox = new Sandbox(SandboxConfig.ofThisMachine(), new ExtismKernel());
    private final CompiledModule module;
    private final byte[] input;
    private final boolean reused;
    private final InstancePool pool;

    private SandboxPeer(byte[] bytes, byte[] input, boolean reused) {
        this.module = engine.compile(
                new FuelInstrumenter(CostTable.CURRENT).meter(Modules.scanned(bytes, SecurityLevel.MINIMAL)));
        this.input = input;
        this.reused = reused;
        TestCall any = TestCall.of("");
        this.pool = new InstancePool(any.context().tenant(), any.context().plugin());
    }

    public static void main(String[] arguments) throws IOException {
        SandboxPeer peer = new SandboxPeer(
                Files.readAllBytes(Path.of(arguments[0])),
                Files.readAllBytes(Path.of(arguments[2])),
                arguments[3].equals("reused"));
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.equals("canary")) {
                List<byte[]> seen = List.of(peer.call("canary", 1), peer.call("canary", 1));
                System.out.println(new String(seen.getFirst(), StandardCharsets.UTF_8) + " "
                        + new String(seen.getLast(), StandardCharsets.UTF_8));
            } else {
                long before = system.getProcessCpuTime();
                peer.call(arguments[1], Integer.parseInt(line));
                System.out.println((system.getProcessCpuTime() - before) / 1_000);
            }
        }
    }

    /** The last call's output. All are made on one guest thread, as those of a chain are; what a submission costs is divided among them. */
    private byte[] call(String export, int calls) {
        CallRequest request = TestCall.of("")
                .export(export)
                .input(input)
                .limits(limits -> SecurityLevel.MINIMAL.limits())
                .request(module);
        CallRequest asked = reused ? request.on(pool) : request;
        return sandbox.submit(request.context().tenant(), request.context().plugin(), () -> {
                    byte[] output = {};
                    for (int call = 0; call < calls; call++) {
                        output = output(sandbox.call(asked));
                    }
                    return output;
                })
                .join();
    }

    private static byte[] output(CallResult result) {
        return switch (result) {
            case CallResult.Returned returned -> returned.output();
            case CallResult.Trapped trapped -> throw new IllegalStateException(trapped.message());
        };
    }
}
