package org.storysign.plugins.conformance;

import com.dylibso.chicory.compiler.InterpreterFallback;
import com.dylibso.chicory.compiler.MachineFactoryCompiler;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Store;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.wasm.fuel.MeteredModule;

/** The modules of one script in one lane: those that run, by name, and what they offer each other. */
final class SpecModules {

    private final Lane lane;
    private final Store store = SpectestModule.offeredBy(new Store());
    private final Map<String, Slot> named = new HashMap<>();
    private final List<Loaded> loaded = new ArrayList<>();
    private Slot last = new Slot(null, "no module");

    /**
     * A running module.
     *
     * @param door the rules by which the product refuses it; empty when it does not, or was not asked
     */
    record Loaded(Instance instance, @Nullable MeterHost meter, String door) {}

    /** Where a module of the script should be: when it is not, why. */
    record Slot(@Nullable Loaded loaded, String whyNot) {}

    SpecModules(Lane lane) {
        this.lane = lane;
    }

    /** The named module, or the last one. */
    Slot slot(Optional<String> name) {
        return name.map(key -> named.getOrDefault(key, new Slot(null, "no module")))
                .orElse(last);
    }

    /** Remembers that a module is not there. */
    void leaveOut(Optional<String> name, String why) {
        put(name, new Slot(null, why));
    }

    Loaded load(Optional<String> name, Metering metering) {
        Loaded module = switch (metering) {
            case Metering.Accepted accepted -> metered(accepted.module(), "");
            case Metering.ThroughTheDoor door -> metered(door.module(), door.rules());
            case Metering.Refused refused -> throw refused.problem();
        };
        put(name, new Slot(module, ""));
        return module;
    }

    Loaded loadPlain(Optional<String> name, byte[] bytes) {
        Loaded module = new Loaded(instantiate(Parser.parse(bytes), store.toImportValues()), null, "");
        put(name, new Slot(module, ""));
        return module;
    }

    void register(String as, Loaded module) {
        store.register(as, module.instance());
    }

    /** To be called before each call from outside. */
    void startAnew() {
        for (Loaded module : loaded) {
            if (module.meter() != null) {
                module.meter().startAnew(module.instance());
            }
        }
    }

    private void put(Optional<String> name, Slot slot) {
        if (slot.loaded() != null) {
            loaded.add(slot.loaded());
        }
        name.ifPresent(key -> named.put(key, slot));
        last = slot;
    }

    private Loaded metered(MeteredModule module, String door) {
        MeterHost meter = new MeterHost(module);
        ImportValues offered = store.toImportValues();
        var functions = new ArrayList<>(List.of(offered.functions()));
        functions.addAll(meter.functions());
        ImportValues values = ImportValues.builder()
                .withFunctions(functions)
                .withGlobals(List.of(offered.globals()))
                .withMemories(List.of(offered.memories()))
                .withTables(List.of(offered.tables()))
                .build();
        return new Loaded(instantiate(Parser.parse(module.binary().toBytes()), values), meter, door);
    }

    private Instance instantiate(WasmModule module, ImportValues values) {
        Instance.Builder builder = Instance.builder(module).withStart(false).withImportValues(values);
        if (lane.compiled()) {
            builder.withMachineFactory(MachineFactoryCompiler.builder(module)
                    .withInterpreterFallback(InterpreterFallback.SILENT)
                    .compile());
        }
        return builder.build();
    }
}
