package org.storysign.plugins.kit;

import com.dylibso.chicory.compiler.MachineFactoryCompiler;
import com.dylibso.chicory.runtime.ExecutionListener;
import com.dylibso.chicory.runtime.GlobalInstance;
import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.runtime.ImportFunction;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.InterpreterMachine;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.FunctionImport;
import com.dylibso.chicory.wasm.types.FunctionType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.wasm.WasmBinary;
import org.storysign.plugins.wasm.fuel.MeteredModule;

/**
 * Runs a module, metered or as its author built it, on one of the engines and tells everything that can be seen from outside. It
 * keeps the host's side of {@link MeteredModule}'s contract in the fewest lines that do. Each call runs in a new instance.
 */
public final class MeteredRunner {

    /** Who runs the code. */
    public enum Engine {
        INTERPRETER,
        COMPILER
    }

    /** Why a guest ended. */
    public enum Stop {
        RETURNED,
        OUT_OF_FUEL,
        TOO_DEEP,
        UNREACHABLE,
        ARITHMETIC,
        OUT_OF_BOUNDS,
        INDIRECT_CALL,
        STACK_OVERFLOW
    }

    /** What a guest may use: fuel, in slices of some size, and depth. */
    public record Budget(long fuel, long slice, long depth) {

        public static final Budget AMPLE = new Budget(1_000_000_000_000L, 1_000_000, 1_000);

        public static Budget ofFuel(long fuel) {
            return new Budget(fuel, 1_000_000, 1_000);
        }

        public Budget inSlicesOf(long size) {
            return new Budget(fuel, size, depth);
        }

        public Budget withDepth(long units) {
            return new Budget(fuel, slice, units);
        }
    }

    /**
     * What became of a run.
     *
     * @param results what the export gave; empty when it was stopped
     * @param fuel what it used; 0 for a module that is not metered
     * @param depthLeft what its depth counter held at the end; 0 for a module that is not metered
     * @param memory a hash of its memory at the end; 0 when it has none
     * @param globals its own globals at the end; references as 0, because functions have other indices when metered
     * @param hostCalls the arguments of its calls of host functions, in order
     */
    public record Run(
            List<Long> results,
            Stop stop,
            long fuel,
            long depthLeft,
            int memory,
            List<Long> globals,
            List<Long> hostCalls) {

        /** Without what a metered module has besides. */
        public Run withoutMeter() {
            return new Run(results, stop, 0, 0, memory, globals, hostCalls);
        }
    }

    private static final class Stopped extends RuntimeException {
        private final transient Stop stop;

        Stopped(Stop stop) {
            super(stop.name(), null, false, false);
            this.stop = stop;
        }
    }

    private static final ExecutionListener NO_LISTENER = (instruction, stack) -> {};

    private final WasmModule module;
    private final Function<Instance, Machine> machines;
    private final int fuelGlobal;
    private final ExecutionListener listener;

    private MeteredRunner(Engine engine, WasmBinary binary, int fuelGlobal, ExecutionListener listener) {
        this.listener = listener;
        this.module = Parser.parse(binary.toBytes());
        this.fuelGlobal = fuelGlobal;
        this.machines = switch (engine) {
            case INTERPRETER -> InterpreterMachine::new;
            case COMPILER -> MachineFactoryCompiler.compile(module);
        };
    }

    public static MeteredRunner metered(Engine engine, MeteredModule metered) {
        return new MeteredRunner(engine, metered.binary(), metered.fuelGlobal(), NO_LISTENER);
    }

    public static MeteredRunner plain(Engine engine, byte[] bytes) {
        return new MeteredRunner(engine, new WasmBinary(bytes), -1, NO_LISTENER);
    }

    /** On the interpreter, which tells the listener of each instruction before it runs it. */
    public static MeteredRunner plain(byte[] bytes, ExecutionListener listener) {
        return new MeteredRunner(Engine.INTERPRETER, new WasmBinary(bytes), -1, listener);
    }

    /** Calls an export in a new instance. */
    public Run run(Budget budget, String export, long... arguments) {
        return new Call(budget).run(export, arguments);
    }

    /** One instance and its host. */
    private final class Call {
        private final Budget budget;
        private final List<Long> hostCalls = new ArrayList<>();
        private @Nullable Instance instance;
        private long granted;
        private boolean armed;

        Call(Budget budget) {
            this.budget = budget;
        }

        Run run(String export, long... arguments) {
            try {
                Instance made = Instance.builder(module)
                        .withImportValues(
                                ImportValues.builder().withFunctions(imports()).build())
                        .withMachineFactory(this::remember)
                        .withUnsafeExecutionListener(listener)
                        .build();
                long[] results = made.export(export).apply(arguments);
                Stop stop = used() > budget.fuel ? Stop.OUT_OF_FUEL : Stop.RETURNED;
                return seen(results == null ? new long[0] : results, stop);
            } catch (Stopped stopped) {
                return seen(new long[0], stopped.stop);
            } catch (StackOverflowError overflow) {
                return seen(new long[0], Stop.STACK_OVERFLOW);
            } catch (ChicoryException trap) {
                return seen(new long[0], kindOf(trap));
            } catch (IndexOutOfBoundsException beyondSegment) {
                // The engine's own memory, which the product replaces, throws so when memory.init reads beyond its
                // segment.
                return seen(new long[0], Stop.OUT_OF_BOUNDS);
            }
        }

        /** Before the start section runs, which may be stopped. */
        private Machine remember(Instance made) {
            instance = made;
            return machines.apply(made);
        }

        private Instance instance() {
            return Objects.requireNonNull(instance);
        }

        private List<ImportFunction> imports() {
            List<ImportFunction> functions = new ArrayList<>();
            for (int index = 0; index < module.importSection().importCount(); index++) {
                if (module.importSection().getImport(index) instanceof FunctionImport wanted
                        && wanted.importType() == ExternalType.FUNCTION) {
                    functions.add(hostFunction(wanted));
                }
            }
            return functions;
        }

        private HostFunction hostFunction(FunctionImport wanted) {
            FunctionType type = module.typeSection().getType(wanted.typeIndex());
            return new HostFunction(wanted.module(), wanted.name(), type, (caller, arguments) -> {
                if (!wanted.module().equals(MeteredModule.METER_MODULE)) {
                    return answer(type, arguments);
                }
                if (wanted.name().equals(MeteredModule.REFILL)) {
                    refill();
                } else {
                    descend();
                }
                return new long[0];
            });
        }

        private long[] answer(FunctionType type, long... arguments) {
            Arrays.stream(arguments).forEach(hostCalls::add);
            long[] results = new long[type.returns().size()];
            Arrays.fill(results, hostCalls.size());
            return results;
        }

        private void refill() {
            long used = used();
            if (used > budget.fuel) {
                throw new Stopped(Stop.OUT_OF_FUEL);
            }
            long slice = Math.min(budget.slice, budget.fuel - used);
            granted = used + slice;
            instance().global(fuelGlobal).setValue(slice);
        }

        private void descend() {
            long left = instance().global(fuelGlobal + 1).getValue();
            if (armed || left + budget.depth < 0) {
                throw new Stopped(Stop.TOO_DEEP);
            }
            armed = true;
            instance().global(fuelGlobal + 1).setValue(left + budget.depth);
        }

        private long used() {
            return fuelGlobal < 0 ? 0 : granted - instance().global(fuelGlobal).getValue();
        }

        private Run seen(long[] results, Stop stop) {
            boolean metered = fuelGlobal >= 0;
            return new Run(
                    Arrays.stream(results).boxed().toList(),
                    stop,
                    used(),
                    metered ? instance().global(fuelGlobal + 1).getValue() : 0,
                    instance().memory() == null ? 0 : hashOfMemory(),
                    ownGlobals(),
                    List.copyOf(hostCalls));
        }

        private int hashOfMemory() {
            int size = Math.min(instance().memory().pages(), 64) * 65_536;
            return Arrays.hashCode(instance().memory().readBytes(0, size)) * 31
                    + instance().memory().pages();
        }

        private List<Long> ownGlobals() {
            int count = fuelGlobal >= 0 ? fuelGlobal : instance().globalCount();
            List<Long> globals = new ArrayList<>();
            for (int index = 0; index < count; index++) {
                GlobalInstance global = instance().global(index);
                globals.add(global.getType().isReference() ? 0 : global.getValue());
            }
            return globals;
        }
    }

    private static Stop kindOf(ChicoryException trap) {
        String message = String.valueOf(trap.getMessage());
        if (message.contains("unreachable")) {
            return Stop.UNREACHABLE;
        }
        if (message.contains("divide by zero")
                || message.contains("overflow")
                || message.contains("invalid conversion")) {
            return Stop.ARITHMETIC;
        }
        if (message.contains("out of bounds")) {
            return Stop.OUT_OF_BOUNDS;
        }
        if (message.contains("indirect call")
                || message.contains("undefined element")
                || message.contains("uninitialized")) {
            return Stop.INDIRECT_CALL;
        }
        if (message.contains("stack exhausted")) {
            return Stop.STACK_OVERFLOW;
        }
        throw new AssertionError("unknown trap: " + message, trap);
    }
}
