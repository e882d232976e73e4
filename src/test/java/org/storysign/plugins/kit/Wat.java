package org.storysign.plugins.kit;

import com.dylibso.chicory.wabt.Wat2Wasm;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Modules in the text format, assembled once a JVM. */
public final class Wat {

    private static final Map<String, byte[]> ASSEMBLED = new ConcurrentHashMap<>();

    private Wat() {}

    public static byte[] assemble(String text) {
        return ASSEMBLED.computeIfAbsent(text, Wat2Wasm::parse).clone();
    }

    /** A module with a name section: {@code names} of its functions in their order, imports first. */
    public static byte[] named(String text, String... names) {
        WasmBytes list = WasmBytes.of(names.length);
        for (int function = 0; function < names.length; function++) {
            list.bytes(function).name(names[function]);
        }
        WasmBytes section = new WasmBytes().name("name").bytes(1).sized(list);
        return new WasmBytes().bytes(assemble(text)).bytes(0).sized(section).toBytes();
    }
}
