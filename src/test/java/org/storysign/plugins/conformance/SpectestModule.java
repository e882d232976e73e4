package org.storysign.plugins.conformance;

import com.dylibso.chicory.runtime.ByteArrayMemory;
import com.dylibso.chicory.runtime.GlobalInstance;
import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.runtime.ImportGlobal;
import com.dylibso.chicory.runtime.ImportMemory;
import com.dylibso.chicory.runtime.ImportTable;
import com.dylibso.chicory.runtime.Store;
import com.dylibso.chicory.runtime.TableInstance;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import com.dylibso.chicory.wasm.types.Table;
import com.dylibso.chicory.wasm.types.TableLimits;
import com.dylibso.chicory.wasm.types.ValType;
import com.dylibso.chicory.wasm.types.Value;
import java.util.List;

/** The host module that the suite's scripts import from. Source: the suite's interpreter, {@code spectest}. */
final class SpectestModule {

    private static final String NAME = "spectest";
    private static final int NULL = -1;

    private SpectestModule() {}

    static Store offeredBy(Store store) {
        print(store, "print");
        print(store, "print_i32", ValType.I32);
        print(store, "print_i64", ValType.I64);
        print(store, "print_f32", ValType.F32);
        print(store, "print_f64", ValType.F64);
        print(store, "print_i32_f32", ValType.I32, ValType.F32);
        print(store, "print_f64_f64", ValType.F64, ValType.F64);
        global(store, "global_i32", Value.i32(666));
        global(store, "global_i64", Value.i64(666));
        global(store, "global_f32", Value.fromFloat(666.6f));
        global(store, "global_f64", Value.fromDouble(666.6));
        store.addMemory(new ImportMemory(NAME, "memory", new ByteArrayMemory(new MemoryLimits(1, 2))));
        return store.addTable(new ImportTable(
                NAME, "table", new TableInstance(new Table(ValType.FuncRef, new TableLimits(10, 20)), NULL)));
    }

    private static void print(Store store, String name, ValType... params) {
        FunctionType type = FunctionType.of(List.of(params), List.of());
        store.addFunction(new HostFunction(NAME, name, type, (caller, arguments) -> new long[0]));
    }

    private static void global(Store store, String name, Value value) {
        store.addGlobal(new ImportGlobal(NAME, name, new GlobalInstance(value)));
    }
}
