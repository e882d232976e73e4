package org.storysign.plugins.sandbox.chicory;

import com.dylibso.chicory.compiler.InterpreterFallback;
import com.dylibso.chicory.compiler.MachineFactoryCompiler;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.WasmModule;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.sandbox.ExecutionMode;
import org.storysign.plugins.sandbox.HostFunction;
import org.storysign.plugins.sandbox.Linkage;
import org.storysign.plugins.sandbox.ModuleInstance;
import org.storysign.plugins.wasm.fuel.MeteredModule;

/** A parsed module, its machine code when there is some, and how many hold it. Safe for concurrent use. */
final class SharedModule {

    /** Fuel between two looks at time and cancel: about two milliseconds of interpreted or of compiled code. */
    static final long INTERPRETED_SLICE = 10_000;

    static final long COMPILED_SLICE = 1_000_000;

    private static final System.Logger LOG = System.getLogger(SharedModule.class.getName());

    /** How instances run: {@code machines} is null for the interpreter. */
    private record Way(@Nullable Function<Instance, Machine> machines, ExecutionMode mode, long slice) {}

    private static final Way INTERPRETER = new Way(null, ExecutionMode.INTERPRETED, INTERPRETED_SLICE);

    private final MeteredModule metered;
    private final WasmModule module;
    private final CompletableFuture<ExecutionMode> settled = new CompletableFuture<>();
    private volatile Way way = INTERPRETER;
    private volatile @Nullable HostBinding binding;
    private volatile @Nullable Snapshot snapshot;
    private int holders = 1;

    SharedModule(MeteredModule metered, WasmModule module) {
        this.metered = metered;
        this.module = module;
    }

    MeteredModule metered() {
        return metered;
    }

    ExecutionMode mode() {
        return way.mode();
    }

    CompletionStage<ExecutionMode> settled() {
        return settled.minimalCompletionStage();
    }

    SharedModule hold() {
        holders++;
        return this;
    }

    /** Whether nobody holds it any more. */
    boolean release() {
        return --holders == 0;
    }

    /** Compiles the module; one that the compiler refuses stays interpreted. */
    void compile() {
        way = compiled();
        settled.complete(way.mode());
    }

    /** The same without the attempt to have every function compiled: one pass, also over what has functions too large for that. */
    void compilePartly() {
        way = partlyCompiled();
        settled.complete(way.mode());
    }

    void stayInterpreted() {
        settled.complete(ExecutionMode.INTERPRETED);
    }

    private Way compiled() {
        try {
            return new Way(machines(InterpreterFallback.FAIL), ExecutionMode.COMPILED, COMPILED_SLICE);
        } catch (ChicoryException someFunctionIsTooLarge) {
            return partlyCompiled();
        } catch (RuntimeException | LinkageError | StackOverflowError | OutOfMemoryError refused) {
            return keepInterpreting(refused);
        }
    }

    /** What the JVM cannot hold as one method is interpreted; the slices are the interpreter's, since it can run at any time. */
    private Way partlyCompiled() {
        try {
            return new Way(machines(InterpreterFallback.SILENT), ExecutionMode.COMPILED, INTERPRETED_SLICE);
        } catch (RuntimeException | LinkageError | StackOverflowError | OutOfMemoryError refused) {
            return keepInterpreting(refused);
        }
    }

    private Function<Instance, Machine> machines(InterpreterFallback fallback) {
        return GeneratedCode.compile(
                () -> MachineFactoryCompiler.builder(module).withInterpreterFallback(fallback),
                metered.shape().memory().isPresent() ? OptionalInt.of(metered.fuelGlobal()) : OptionalInt.empty());
    }

    private Way keepInterpreting(Throwable refused) {
        LOG.log(System.Logger.Level.WARNING, "module stays interpreted digest=" + metered.source(), refused);
        return INTERPRETER;
    }

    ModuleInstance instantiate(Linkage linkage) {
        Way current = way;
        InstanceParts parts = new InstanceParts(metered, linkage, current.slice());
        Instance.Builder builder = Instance.builder(module)
                .withStart(false)
                .withImportValues(bound(linkage.functions()).values())
                .withMemoryFactory(parts::makeMemory)
                .withGlobalFactory(parts::makeGlobal)
                .withTableFactory(parts::makeTable)
                .withUnsafeExecutionListener(InterpreterCorrections.OF_ALL_INSTANCES)
                .withMachineFactory(
                        current.machines() == null
                                ? made -> new TracedInterpreter(made, parts.trace())
                                : current.machines());
        Instance instance = EngineTraps.named(linkage.call(), parts.trace(), builder::build);
        parts.watch();
        return new ChicoryInstance(
                instance, metered.shape(), parts, metered.shape().hasStart() ? null : snapshot(instance, parts));
    }

    /** Of the first instance; all begin alike. */
    private Snapshot snapshot(Instance instance, InstanceParts parts) {
        Snapshot first = snapshot;
        if (first == null) {
            first = Snapshot.of(instance, parts.memory());
            snapshot = first;
        }
        return first;
    }

    private HostBinding bound(Map<String, HostFunction> functions) {
        HostBinding last = binding;
        if (last == null || !last.binds(functions)) {
            last = HostBinding.of(module, metered, functions);
            binding = last;
        }
        return last;
    }
}
