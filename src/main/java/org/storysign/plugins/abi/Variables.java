package org.storysign.plugins.abi;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.storysign.plugins.sandbox.MemoryBudget;

/**
 * The guest's variables, which live as long as its instance. Each counts its key, its value and {@value #COST} bytes against the
 * call's budget. Keys are any bytes. Used by the guest's thread.
 */
final class Variables {

    static final long COST = 48;

    private static final byte[] NONE = {};

    private final MemoryBudget budget;
    private final Map<String, byte[]> values = new HashMap<>();

    Variables(MemoryBudget budget) {
        this.budget = budget;
    }

    /** The value, empty when there is none. */
    byte[] get(byte[] key) {
        return values.getOrDefault(name(key), NONE);
    }

    /** Throws {@code TrapException} with {@code MemoryExhausted} when the budget does not have room for it. */
    void set(byte[] key, byte[] value) {
        remove(key);
        budget.require(cost(key, value));
        values.put(name(key), value);
    }

    void remove(byte[] key) {
        byte[] old = values.remove(name(key));
        if (old != null) {
            budget.giveBack(cost(key, old));
        }
    }

    private static long cost(byte[] key, byte[] value) {
        return COST + key.length + value.length;
    }

    /** One character a byte, so that no two keys become one. */
    private static String name(byte[] key) {
        return new String(key, StandardCharsets.ISO_8859_1);
    }
}
