package org.storysign.plugins.differential;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.storysign.plugins.kit.MeteredRunner.Stop;
import org.storysign.plugins.wasm.fuel.MeteredModule;
import run.endive.compiler.MachineFactoryCompiler;
import run.endive.runtime.HostFunction;
import run.endive.runtime.ImportFunction;
import run.endive.runtime.ImportValues;
import run.endive.runtime.Instance;
import run.endive.runtime.Machine;
import run.endive.wasm.Parser;
import run.endive.wasm.WasmEngineException;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.FunctionType;

/** A second engine, Endive, compiling. It goes on where Chicory ended, with other eyes on the same code. */
final class EndiveRunner {

    private static final long SLICE = 1_000_000;
    private static final long DEPTH = 2_000;
    private static final int PLAIN = -1;

    private final WasmModule module;
    private final Function<Instance, Machine> machines;
    private final int fuelGlobal;

    private EndiveRunner(byte[] bytes, int fuelGlobal) {
        this.module = Parser.parse(bytes);
        this.machines = MachineFactoryCompiler.compile(module);
        this.fuelGlobal = fuelGlobal;
    }

    static EndiveRunner plain(byte[] bytes) {
        return new EndiveRunner(bytes, PLAIN);
    }

    static EndiveRunner metered(MeteredModule metered) {
        return new EndiveRunner(metered.binary().toBytes(), metered.fuelGlobal());
    }

    /** Calls an export in a new instance. */
    Opinion run(String export, long argument) {
        return new Call().run(export, argument);
    }

    private final class Call {
        private long granted;
        private final Instance instance;

        Call() {
            instance = Instance.builder(module)
                    .withImportValues(ImportValues.builder()
                            .withFunctions(fuelGlobal == PLAIN ? List.of() : List.of(refill(), descend()))
                            .build())
                    .withMachineFactory(machines)
                    .build();
        }

        Opinion run(String export, long argument) {
            try {
                return seen(instance.export(export).apply(argument), Stop.RETURNED);
            } catch (WasmEngineException trap) {
                return seen(new long[0], kindOf(trap));
            }
        }

        private ImportFunction refill() {
            return host(MeteredModule.REFILL, guest -> {
                granted = used(guest) + SLICE;
                guest.global(fuelGlobal).setValue(SLICE);
            });
        }

        private ImportFunction descend() {
            return host(
                    MeteredModule.DESCEND,
                    guest -> guest.global(fuelGlobal + 1)
                            .setValue(guest.global(fuelGlobal + 1).getValue() + DEPTH));
        }

        private ImportFunction host(String name, java.util.function.Consumer<Instance> work) {
            FunctionType nothing = FunctionType.of(List.of(), List.of());
            return new HostFunction(MeteredModule.METER_MODULE, name, nothing, (guest, none) -> {
                work.accept(guest);
                return new long[0];
            });
        }

        private long used(Instance guest) {
            return fuelGlobal == PLAIN ? 0 : granted - guest.global(fuelGlobal).getValue();
        }

        private Opinion seen(long[] results, Stop stop) {
            int pages = instance.memory().pages();
            int memory = Arrays.hashCode(instance.memory().readBytes(0, pages * 65_536)) * 31 + pages;
            int globals = fuelGlobal == PLAIN ? instance.globalCount() : fuelGlobal;
            List<Long> values = new ArrayList<>();
            for (int global = 0; global < globals; global++) {
                values.add(instance.global(global).getValue());
            }
            return new Opinion(Arrays.stream(results).boxed().toList(), stop, memory, values, used(instance));
        }
    }

    private static Stop kindOf(WasmEngineException trap) {
        String message = String.valueOf(trap.getMessage());
        if (message.contains("unreachable")) {
            return Stop.UNREACHABLE;
        }
        if (message.contains("divide by zero")
                || message.contains("overflow")
                || message.contains("invalid conversion")) {
            return Stop.ARITHMETIC;
        }
        if (message.contains("out of bounds memory")) {
            return Stop.OUT_OF_BOUNDS;
        }
        if (message.contains("indirect call")
                || message.contains("undefined element")
                || message.contains("uninitialized")) {
            return Stop.INDIRECT_CALL;
        }
        throw new AssertionError("unknown trap: " + message, trap);
    }
}
