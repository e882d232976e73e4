package org.storysign.plugins.abi;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.GuestText;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.sandbox.CallFrame;
import org.storysign.plugins.sandbox.CallRequest;
import org.storysign.plugins.sandbox.CallingConvention;
import org.storysign.plugins.sandbox.HostFunction;
import org.storysign.plugins.sandbox.KeptFrame;
import org.storysign.plugins.sandbox.MemoryBudget;
import org.storysign.plugins.sandbox.ModuleInstance;
import org.storysign.plugins.sandbox.Trap;
import org.storysign.plugins.sandbox.TrapException;
import org.storysign.plugins.wasm.FunctionType;
import org.storysign.plugins.wasm.ModuleShape;
import org.storysign.plugins.wasm.ValueType;

/**
 * The Extism ABI 1.x as the calling convention, with the subset of WASI preview 1 that its kits need, and plain WASI commands. A
 * handler takes nothing and gives an i32 (0 for success) or nothing. Safe for concurrent use: what belongs to a call is in its
 * frame.
 */
public final class ExtismKernel implements CallingConvention {

    private static final String COMMAND = "_start";
    private static final String HASKELL = "hs_init";
    private static final String REACTOR = "_initialize";
    private static final String CONSTRUCTORS = "__wasm_call_ctors";

    /** Exports that begin an instance's life, and so are called on a new one that is not kept. */
    private static final Set<String> LIFE = Set.of(COMMAND, HASKELL, REACTOR, CONSTRUCTORS);

    private static final FunctionType NOTHING = AbiFunction.type("", "");
    private static final FunctionType TWO_NUMBERS = AbiFunction.type("ii", "");

    private final List<HostFunction> functions;

    public ExtismKernel() {
        this(InstantSource.system(), new SecureRandom());
    }

    /** With guests' clock and randomness from elsewhere: a call is then the same each time. */
    public ExtismKernel(InstantSource clock, RandomGenerator random) {
        functions = Stream.of(KernelFunctions.all(), HttpFunctions.all(), new WasiSubset(clock, random).all())
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public List<HostFunction> functions() {
        return functions;
    }

    @Override
    public CallFrame open(CallRequest request, MemoryBudget budget) {
        return new KernelFrame(request, budget);
    }

    @Override
    public boolean mayBeKept(CallRequest request) {
        return !LIFE.contains(request.export());
    }

    @Override
    public CallFrame reopen(CallRequest request, KeptFrame remains) {
        return KernelFrame.again(request, remains);
    }

    @Override
    public void requireHandler(CallRequest request) {
        requireHandler(request.module().shape(), request.export());
    }

    private static void requireHandler(ModuleShape shape, String export) {
        FunctionType type = shape.exports().get(export);
        if (type == null) {
            throw new ProblemException(
                    ProblemCode.EXPORT_MISSING,
                    "the module exports no function " + GuestText.quote(export),
                    Map.of(FactKey.EXPORT, export));
        }
        if (!type.params().isEmpty()) {
            throw new ProblemException(
                    ProblemCode.EXPORT_MISTYPED,
                    "export " + GuestText.quote(export) + " is " + type + ", expected () -> (i32) or () -> ()",
                    Map.of(FactKey.EXPORT, export, FactKey.FOUND, type.toString(), FactKey.EXPECTED, "() -> (i32)"));
        }
    }

    @Override
    public byte[] run(CallRequest request, CallFrame frame, ModuleInstance instance) {
        KernelFrame kernel = (KernelFrame) frame;
        int status;
        try {
            status = runToItsEnd(request, kernel, instance);
        } catch (TrapException stopped) {
            throw explained(stopped, kernel);
        } finally {
            kernel.streams().flush();
        }
        String error = kernel.errorText();
        if (status != 0 || !error.isEmpty()) {
            throw new TrapException(new Trap.PluginError(status, error));
        }
        return kernel.output();
    }

    /** What the export says of itself. A guest that exits while it is initialised left before it was called: it failed. */
    private static int runToItsEnd(CallRequest request, KernelFrame kernel, ModuleInstance instance) {
        ModuleShape shape = request.module().shape();
        if (!kernel.isInitialised() && !LIFE.contains(request.export())) {
            initialise(shape, instance);
        }
        try {
            return status(shape.exports().get(request.export()), instance.invoke(request.export()));
        } catch (GuestExit exit) {
            kernel.exit();
            return exit.code();
        }
    }

    /** A Haskell runtime wants {@code _initialize} and {@code hs_init}; others the first initialiser they have. */
    private static void initialise(ModuleShape shape, ModuleInstance instance) {
        if (has(shape, HASKELL, TWO_NUMBERS)) {
            firstOf(shape, REACTOR).ifPresent(instance::invoke);
            instance.invoke(HASKELL, 0, 0);
        } else {
            firstOf(shape, CONSTRUCTORS, REACTOR).ifPresent(instance::invoke);
        }
    }

    private static Optional<String> firstOf(ModuleShape shape, String... initialisers) {
        return Stream.of(initialisers).filter(name -> has(shape, name, NOTHING)).findFirst();
    }

    private static boolean has(ModuleShape shape, String export, FunctionType type) {
        return type.equals(shape.exports().get(export));
    }

    private static int status(@org.jspecify.annotations.Nullable FunctionType type, long[] results) {
        if (type == null || type.results().isEmpty()) {
            return 0;
        }
        return type.results().equals(List.of(ValueType.I32)) ? (int) results[0] : -1;
    }

    /** Kits set an error and then abort or exit: what they said belongs to the trap. */
    private static TrapException explained(TrapException stopped, KernelFrame kernel) {
        String error = kernel.errorText();
        if (error.isEmpty()) {
            return stopped;
        }
        if (stopped.trap() instanceof Trap.Unreachable unreachable) {
            return new TrapException(new Trap.Unreachable(unreachable.where() + " and said " + error));
        }
        if (stopped.trap() instanceof Trap.PluginError exit) {
            return new TrapException(new Trap.PluginError(exit.status(), error));
        }
        return stopped;
    }
}
