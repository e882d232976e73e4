package org.storysign.plugins.sandbox;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.wasm.ImportedFunction;

/** Runs one call from its fresh instance to its result, and gives every failure a name. Safe for concurrent use. */
final class CallRunner {

    private static final System.Logger LOG = System.getLogger(CallRunner.class.getName());

    private final CallingConvention convention;
    private final Processors processors;
    private final LongSupplier nanoTime;
    private final Map<String, HostFunction> own;

    CallRunner(CallingConvention convention, Processors processors, LongSupplier nanoTime) {
        this.convention = convention;
        this.processors = processors;
        this.nanoTime = nanoTime;
        this.own = convention.functions().stream()
                .collect(Collectors.toUnmodifiableMap(HostFunction::qualifiedName, function -> function));
    }

    /** Calls the request's export on a new instance. */
    CallResult run(CallRequest request) {
        convention.requireHandler(request);
        return run(request, this::perform);
    }

    /** Makes the instance, its start section included, and nothing more. */
    CallResult trial(CallRequest request) {
        return run(request, this::instantiate);
    }

    /** What is done with a new instance: gives the output. */
    private interface Step {
        byte[] apply(CallRequest request, CallFrame frame, Linkage linkage);
    }

    private CallResult run(CallRequest request, Step step) {
        Map<String, HostFunction> imports = imports(request);
        MemoryBudget budget = new MemoryBudget(request.limits().memory());
        CallFrame frame;
        try {
            frame = convention.open(request, budget);
        } catch (TrapException e) {
            return new CallResult.Trapped(e.trap(), GuestStack.NONE, Usage.NONE, List.of());
        }
        CallClock clock = new CallClock(nanoTime);
        GuestCall call = new GuestCall(request, frame, processors, clock);
        processors.enter();
        clock.startRunning();
        try {
            return guarded(request, step, frame, new Linkage(imports, call, budget));
        } finally {
            clock.stopRunning();
            processors.leave();
        }
    }

    private CallResult guarded(CallRequest request, Step step, CallFrame frame, Linkage linkage) {
        GuestCall call = linkage.call();
        try {
            byte[] output = step.apply(request, frame, linkage);
            return new CallResult.Returned(
                    output, call.usage(linkage.budget()), call.kept().lines());
        } catch (ProblemException refused) {
            throw refused;
        } catch (Throwable failure) {
            Trap trap = trapOf(failure, request, linkage.budget());
            return new CallResult.Trapped(
                    trap,
                    stackOf(trap, call),
                    call.usage(linkage.budget()),
                    call.kept().lines());
        }
    }

    private byte[] perform(CallRequest request, CallFrame frame, Linkage linkage) {
        Meter meter = linkage.call().meter();
        meter.stopIfAsked();
        ModuleInstance instance = request.module().instantiate(linkage);
        byte[] output = convention.run(request, frame, instance);
        meter.finish();
        meter.stopIfAsked();
        MemorySize limit = request.limits().output();
        if (output.length > limit.bytes()) {
            throw new TrapException(new Trap.OutputTooLarge(new MemorySize(output.length), limit));
        }
        return output;
    }

    private byte[] instantiate(CallRequest request, CallFrame frame, Linkage linkage) {
        Meter meter = linkage.call().meter();
        meter.stopIfAsked();
        request.module().instantiate(linkage);
        meter.finish();
        return new byte[0];
    }

    private static Trap trapOf(Throwable failure, CallRequest request, MemoryBudget budget) {
        return switch (failure) {
            case TrapException stopped -> blamed(stopped.trap(), budget);
            case StackOverflowError overflow ->
                new Trap.StackExhausted(request.limits().callDepth());
            default -> {
                LOG.log(
                        System.Logger.Level.ERROR,
                        () -> "engine failed plugin=" + request.context().plugin() + " export=" + request.export()
                                + " invocation_id=" + request.context().invocation(),
                        failure);
                yield new Trap.EngineFault();
            }
        };
    }

    /** A plugin that says itself that it failed has come to its end: it was stopped nowhere. */
    private static GuestStack stackOf(Trap trap, GuestCall call) {
        return trap instanceof Trap.PluginError ? GuestStack.NONE : call.stack();
    }

    /** A guest that was refused memory and then breaks has run out of memory, whatever it broke on. */
    private static Trap blamed(Trap trap, MemoryBudget budget) {
        return switch (trap) {
            case Trap.Unreachable t -> orMemory(t, budget);
            case Trap.OutOfBoundsMemory t -> orMemory(t, budget);
            case Trap.OutOfBoundsTable t -> orMemory(t, budget);
            case Trap.ArithmeticFault t -> orMemory(t, budget);
            case Trap.IndirectCallMismatch t -> orMemory(t, budget);
            case Trap.OutOfFuel t -> t;
            case Trap.RunTimeExceeded t -> t;
            case Trap.WaitTimeExceeded t -> t;
            case Trap.MemoryExhausted t -> t;
            case Trap.StackExhausted t -> t;
            case Trap.HostCallsExhausted t -> t;
            case Trap.HttpDenied t -> t;
            case Trap.HttpFailed t -> t;
            case Trap.OutputTooLarge t -> t;
            case Trap.PluginError t -> t;
            case Trap.Cancelled t -> t;
            case Trap.EngineFault t -> t;
        };
    }

    private static Trap orMemory(Trap trap, MemoryBudget budget) {
        return budget.wasRefused() ? new Trap.MemoryExhausted(budget.limit()) : trap;
    }

    /** The module's imports in its order; the request must offer every one of them with its very type. */
    private Map<String, HostFunction> imports(CallRequest request) {
        Map<String, HostFunction> offered = new LinkedHashMap<>(own);
        request.functions().forEach(function -> offered.put(function.qualifiedName(), function));
        Map<String, HostFunction> imports = new LinkedHashMap<>();
        for (ImportedFunction expected : request.module().shape().imports()) {
            HostFunction found = offered.get(expected.qualifiedName());
            if (found == null || !found.type().equals(expected.type())) {
                throw new IllegalArgumentException(
                        "the request offers no " + expected.qualifiedName() + " of type " + expected.type());
            }
            imports.put(expected.qualifiedName(), found);
        }
        return imports;
    }
}
