package org.storysign.plugins.sandbox.chicory;

import com.dylibso.chicory.runtime.ImportFunction;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.WasmFunctionHandle;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.FunctionImport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.storysign.plugins.sandbox.HostFunction;
import org.storysign.plugins.wasm.fuel.MeteredModule;

/**
 * A module's imports in the engine's terms. Made once for many instances, since the engine's matching of names is slow.
 *
 * @param functions the host functions it binds, in the order of the module's imports
 */
record HostBinding(List<HostFunction> functions, ImportValues values) {

    private static final long[] NOTHING = {};

    static HostBinding of(WasmModule module, MeteredModule metered, Map<String, HostFunction> functions) {
        List<ImportFunction> imports = new ArrayList<>();
        for (int index = 0; index < module.importSection().importCount(); index++) {
            if (!(module.importSection().getImport(index) instanceof FunctionImport wanted)) {
                throw new IllegalStateException("only functions are imported: the pre-flight reader refuses the rest");
            }
            imports.add(new ImportFunction(
                    wanted.module(),
                    wanted.name(),
                    (com.dylibso.chicory.wasm.types.FunctionType)
                            module.typeSection().getType(wanted.typeIndex()),
                    handle(wanted, metered.fuelGlobal(), functions)));
        }
        return new HostBinding(
                List.copyOf(functions.values()),
                ImportValues.builder().withFunctions(imports).build());
    }

    /** Whether it binds exactly these functions. */
    boolean binds(Map<String, HostFunction> wanted) {
        int index = 0;
        for (HostFunction function : wanted.values()) {
            if (index == functions.size() || functions.get(index++) != function) {
                return false;
            }
        }
        return index == functions.size();
    }

    private static WasmFunctionHandle handle(
            FunctionImport wanted, int fuelGlobal, Map<String, HostFunction> functions) {
        if (wanted.module().equals(MeteredModule.METER_MODULE)) {
            return meterHandle(wanted.name(), fuelGlobal);
        }
        HostFunction function = functions.get(wanted.module() + "." + wanted.name());
        if (function == null) {
            throw new IllegalArgumentException("no host function for an import was linked");
        }
        return (instance, arguments) ->
                FuelGlobal.of(instance, fuelGlobal).call().callHost(function, arguments);
    }

    private static WasmFunctionHandle meterHandle(String name, int fuelGlobal) {
        return switch (name) {
            case MeteredModule.REFILL ->
                (instance, arguments) -> {
                    FuelGlobal.of(instance, fuelGlobal).refill();
                    return NOTHING;
                };
            case MeteredModule.DESCEND ->
                (instance, arguments) -> {
                    FuelGlobal.of(instance, fuelGlobal).call().meter().descend();
                    return NOTHING;
                };
            default -> throw new IllegalArgumentException("the meter has no function of that name");
        };
    }
}
