package org.storysign.plugins.differential;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.storysign.plugins.identity.CallContext;
import org.storysign.plugins.identity.InvocationId;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.MeteredRunner.Stop;
import org.storysign.plugins.limits.Limits;
import org.storysign.plugins.sandbox.CallFrame;
import org.storysign.plugins.sandbox.CallRequest;
import org.storysign.plugins.sandbox.CallResult;
import org.storysign.plugins.sandbox.CallingConvention;
import org.storysign.plugins.sandbox.Cancellation;
import org.storysign.plugins.sandbox.CompiledModule;
import org.storysign.plugins.sandbox.GuestMemory;
import org.storysign.plugins.sandbox.HostFunction;
import org.storysign.plugins.sandbox.HttpAccess;
import org.storysign.plugins.sandbox.KeptFrame;
import org.storysign.plugins.sandbox.MemoryBudget;
import org.storysign.plugins.sandbox.ModuleInstance;
import org.storysign.plugins.sandbox.Sandbox;
import org.storysign.plugins.sandbox.SandboxConfig;
import org.storysign.plugins.sandbox.Trap;
import org.storysign.plugins.sandbox.TrapException;
import org.storysign.plugins.sandbox.chicory.ChicoryEngine;
import org.storysign.plugins.sandbox.chicory.Tiering;
import org.storysign.plugins.wasm.fuel.MeteredModule;

/** The product's own engine and sandbox, with a convention that only passes numbers in and out. */
final class ProductRunner implements AutoCloseable {

    private static final PluginId PLUGIN = new PluginId("differential");
    private static final int PAGE = 65_536;

    private final ChicoryEngine engine;
    private final Sandbox sandbox = new Sandbox(SandboxConfig.ofThisMachine(), new Numbers());
    private final Limits limits;
    private int rewound;

    ProductRunner(Tiering tiering, Limits limits) {
        this.engine = new ChicoryEngine(tiering);
        this.limits = limits;
    }

    /** In an instance of its own. */
    Opinion run(MeteredModule module, String export, long argument) {
        return run(module, export, List.of(new Call(argument, limits))).getFirst();
    }

    /** What one call after the other is given. */
    record Call(long argument, Limits limits) {}

    /** One after the other, so that a call may have an instance that was made as new. */
    List<Opinion> run(MeteredModule module, String export, List<Call> calls) {
        try (CompiledModule compiled = engine.compile(module)) {
            return calls.stream().map(call -> run(compiled, export, call)).toList();
        }
    }

    /** Instances that were made as new, so far. */
    int rewound() {
        return rewound;
    }

    private Opinion run(CompiledModule compiled, String export, Call call) {
        Seen seen = new Seen();
        CallRequest request = new CallRequest(
                compiled,
                export,
                ByteBuffer.allocate(Long.BYTES).putLong(call.argument()).array(),
                call.limits(),
                new CallContext(TenantId.DEFAULT, Optional.empty(), PLUGIN, InvocationId.random(), 0),
                Map.of(),
                List.of(),
                HttpAccess.NONE,
                new Cancellation());
        CallResult result = sandbox.submit(TenantId.DEFAULT, PLUGIN, () -> {
                    SEEN.set(seen);
                    return sandbox.call(request);
                })
                .join();
        rewound += sandbox.newInstances();
        return opinion(result, seen);
    }

    private static Opinion opinion(CallResult result, Seen seen) {
        long fuel = result.usage().fuel().units();
        return switch (result) {
            case CallResult.Returned returned -> new Opinion(seen.results, Stop.RETURNED, seen.memory, List.of(), fuel);
            case CallResult.Trapped trapped ->
                new Opinion(List.of(), stopOf(trapped.trap()), seen.memory, List.of(), fuel);
        };
    }

    private static Stop stopOf(Trap trap) {
        return switch (trap) {
            case Trap.Unreachable t -> Stop.UNREACHABLE;
            case Trap.ArithmeticFault t -> Stop.ARITHMETIC;
            case Trap.OutOfBoundsMemory t -> Stop.OUT_OF_BOUNDS;
            case Trap.OutOfBoundsTable t -> Stop.INDIRECT_CALL;
            case Trap.IndirectCallMismatch t -> Stop.INDIRECT_CALL;
            case Trap.StackExhausted t -> Stop.TOO_DEEP;
            case Trap.OutOfFuel t -> Stop.OUT_OF_FUEL;
            case Trap.RunTimeExceeded t -> throw unexpected(t);
            case Trap.WaitTimeExceeded t -> throw unexpected(t);
            case Trap.MemoryExhausted t -> throw unexpected(t);
            case Trap.HostCallsExhausted t -> throw unexpected(t);
            case Trap.HttpDenied t -> throw unexpected(t);
            case Trap.HttpFailed t -> throw unexpected(t);
            case Trap.OutputTooLarge t -> throw unexpected(t);
            case Trap.PluginError t -> throw unexpected(t);
            case Trap.Cancelled t -> throw unexpected(t);
            case Trap.EngineFault t -> throw unexpected(t);
        };
    }

    private static AssertionError unexpected(Trap trap) {
        return new AssertionError("a generated module cannot end so: " + trap.message());
    }

    @Override
    public void close() {
        sandbox.close();
        engine.close();
    }

    /** What only the guest's thread can see. */
    private static final class Seen {
        private List<Long> results = List.of();
        private int memory;
    }

    private static final ThreadLocal<Seen> SEEN = ThreadLocal.withInitial(Seen::new);

    /** Passes the input as one number, and looks at the results and the memory when the export has ended. */
    private static final class Numbers implements CallingConvention {

        @Override
        public void requireHandler(CallRequest request) {
            // Every generated module exports what is asked for.
        }

        @Override
        public CallFrame open(CallRequest request, MemoryBudget budget) {
            return new CallFrame() {
                @Override
                public Optional<KeptFrame> keep() {
                    return Optional.of(KeptFrame.NOTHING);
                }
            };
        }

        @Override
        public boolean mayBeKept(CallRequest request) {
            return true;
        }

        @Override
        public List<HostFunction> functions() {
            return List.of();
        }

        @Override
        public byte[] run(CallRequest request, CallFrame frame, ModuleInstance instance) throws TrapException {
            long argument = ByteBuffer.wrap(request.input()).getLong();
            try {
                List<Long> results = new ArrayList<>();
                Arrays.stream(instance.invoke(request.export(), argument)).forEach(results::add);
                SEEN.get().results = results;
            } finally {
                SEEN.get().memory = hash(instance.memory());
            }
            return new byte[0];
        }

        private static int hash(GuestMemory memory) {
            int size = (int) memory.size();
            return Arrays.hashCode(memory.read(0, size)) * 31 + size / PAGE;
        }
    }
}
