package org.storysign.plugins.sandbox;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.wasm.ImportedFunction;
import org.storysign.plugins.wasm.MemoryShape;

/** Runs one call from its instance to its result, and gives every failure a name. Safe for concurrent use. */
final class CallRunner {

    private static final System.Logger LOG = System.getLogger(CallRunner.class.getName());

    private final CallingConvention convention;
    private final Processors processors;
    private final IdleInstances idle;
    private final LongSupplier nanoTime;
    private final Map<String, HostFunction> own;

    CallRunner(CallingConvention convention, Processors processors, IdleInstances idle, LongSupplier nanoTime) {
        this.convention = convention;
        this.processors = processors;
        this.idle = idle;
        this.nanoTime = nanoTime;
        this.own = convention.functions().stream()
                .collect(Collectors.toUnmodifiableMap(HostFunction::qualifiedName, function -> function));
    }

    /** Calls the request's export: on an instance that is new, or as new, or on one of its pool. */
    CallResult run(CallRequest request) {
        convention.requireHandler(request);
        Optional<RemoteCalls> elsewhere = elsewhere(request);
        if (elsewhere.isPresent()) {
            return elsewhere.get().call(request);
        }
        if (request.context().dryRun() || !convention.mayBeKept(request)) {
            return once(request, this::perform);
        }
        return request.pool()
                .or(() -> request.module().newInstances().map(instances -> instances.of(request.context())))
                .map(pool -> kept(request, pool))
                .orElseGet(() -> once(request, this::perform));
    }

    /** Makes the instance, its start section included, and nothing more. */
    CallResult trial(CallRequest request) {
        Optional<RemoteCalls> elsewhere = elsewhere(request);
        return elsewhere.isPresent() ? elsewhere.get().trial(request) : once(request, this::instantiate);
    }

    /** Who makes the call when it is not made here; it is linked as it would be here. */
    private Optional<RemoteCalls> elsewhere(CallRequest request) {
        Optional<RemoteCalls> elsewhere = request.module().elsewhere();
        elsewhere.ifPresent(remote -> imports(request));
        return elsewhere;
    }

    private CallResult once(CallRequest request, Step step) {
        MemoryBudget budget = budget(request);
        try {
            return run(request, budget, Optional.empty(), step).result();
        } finally {
            budget.release();
        }
    }

    private CallResult kept(CallRequest request, InstancePool pool) {
        Optional<KeptInstance> kept = idle.take(pool, request, leastMemory(request));
        long born = kept.map(KeptInstance::born).orElseGet(nanoTime::getAsLong);
        MemoryBudget budget = kept.map(KeptInstance::budget).orElseGet(() -> budget(request));
        boolean isKept = false;
        try {
            Ended ended = run(request, budget, kept, this::perform);
            isKept = ended.toKeep()
                    .flatMap(left -> remains(request, left)
                            .map(remains -> new KeptInstance(
                                    request.module(),
                                    request.functions(),
                                    left.mode(),
                                    left.instance(),
                                    remains,
                                    budget,
                                    born,
                                    kept.map(KeptInstance::calls).orElse(0) + 1)))
                    .filter(instance -> idle.keep(pool, instance))
                    .isPresent();
            return ended.result();
        } finally {
            if (!isKept) {
                budget.release();
            }
        }
    }

    /** What the next call on the instance finds of this one; nothing when it was made as new. Empty when it cannot serve another. */
    private static Optional<KeptFrame> remains(CallRequest request, Left left) {
        Optional<KeptFrame> all = left.frame().keep();
        if (request.pool().isPresent()) {
            return all;
        }
        return all.filter(forgotten -> left.instance().rewind()).map(forgotten -> KeptFrame.NOTHING);
    }

    private MemoryBudget budget(CallRequest request) {
        return idle.budget(
                request.limits().memory(),
                leastMemory(request),
                request.module().habit());
    }

    /** Bytes that the call starts with: the module's first memory and the input. */
    private static long leastMemory(CallRequest request) {
        return memoryAtStart(request.module()) + request.inputSize();
    }

    /** Bytes of its first memory. */
    static long memoryAtStart(CompiledModule module) {
        return module.shape().memory().map(MemoryShape::minimumPages).orElse(0L) << 16;
    }

    /** How a call ended, and what could be kept of it; nothing after a trap. */
    private record Ended(CallResult result, Optional<Left> toKeep) {

        static Ended trapped(CallResult.Trapped result) {
            return new Ended(result, Optional.empty());
        }
    }

    /** What a call leaves behind. */
    private record Left(ModuleInstance instance, ExecutionMode mode, CallFrame frame) {}

    /** What a call starts with. */
    private record Start(CallRequest request, CallFrame frame, Linkage linkage, Optional<KeptInstance> kept) {

        /** The instance; a new one runs its start section. */
        ModuleInstance instance() {
            if (kept.isEmpty()) {
                return request.module().instantiate(linkage);
            }
            ModuleInstance instance = kept.get().instance();
            if (kept.get().isNew()) {
                instance.begin(linkage.call());
            } else {
                instance.serve(linkage.call());
            }
            return instance;
        }

        ExecutionMode mode() {
            return kept.map(KeptInstance::mode).orElseGet(() -> request.module().mode());
        }
    }

    /** What is done with an instance. */
    private record Done(byte[] output, ModuleInstance instance) {}

    private interface Step {
        Done apply(Start start);
    }

    private Ended run(CallRequest request, MemoryBudget budget, Optional<KeptInstance> kept, Step step) {
        // What is kept was linked to the very same functions.
        Map<String, HostFunction> imports = kept.isPresent() ? Map.of() : imports(request);
        CallFrame frame;
        try {
            frame = kept.isPresent() && !kept.get().isNew()
                    ? convention.reopen(request, kept.get().remains())
                    : convention.open(request, budget);
        } catch (TrapException e) {
            return Ended.trapped(new CallResult.Trapped(e.trap(), GuestStack.NONE, Usage.NONE, List.of()));
        }
        CallClock clock = new CallClock(nanoTime);
        Processors.Seat seat = processors.seat(request.context());
        GuestCall call = new GuestCall(request, frame, seat, clock);
        seat.enter(clock.isBrief());
        clock.startRunning();
        try {
            return guarded(new Start(request, frame, new Linkage(imports, call, budget), kept), step);
        } finally {
            clock.stopRunning();
            seat.leave();
        }
    }

    private Ended guarded(Start start, Step step) {
        Linkage linkage = start.linkage();
        GuestCall call = linkage.call();
        ExecutionMode mode = start.mode();
        try {
            Done done = step.apply(start);
            CallResult result = new CallResult.Returned(
                    done.output(), call.usage(linkage.budget()), call.kept().lines());
            return new Ended(result, Optional.of(new Left(done.instance(), mode, start.frame())));
        } catch (ProblemException refused) {
            throw refused;
        } catch (Throwable failure) {
            Trap trap = trapOf(failure, start.request(), linkage.budget());
            return Ended.trapped(new CallResult.Trapped(
                    trap,
                    stackOf(trap, call),
                    call.usage(linkage.budget()),
                    call.kept().lines()));
        }
    }

    private Done perform(Start start) {
        Meter meter = start.linkage().call().meter();
        meter.stopIfAsked();
        ModuleInstance instance = start.instance();
        byte[] output = convention.run(start.request(), start.frame(), instance);
        meter.finish();
        meter.stopIfAsked();
        MemorySize limit = start.request().limits().output();
        if (output.length > limit.bytes()) {
            throw new TrapException(new Trap.OutputTooLarge(new MemorySize(output.length), limit));
        }
        return new Done(output, instance);
    }

    private Done instantiate(Start start) {
        Meter meter = start.linkage().call().meter();
        meter.stopIfAsked();
        ModuleInstance instance = start.instance();
        meter.finish();
        return new Done(new byte[0], instance);
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
