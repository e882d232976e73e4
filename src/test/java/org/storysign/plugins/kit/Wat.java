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
}
