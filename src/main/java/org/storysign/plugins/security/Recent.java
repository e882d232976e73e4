package org.storysign.plugins.security;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** At most so many values by key; beyond, the one that was used least recently is forgotten. Safe for concurrent use. */
final class Recent<K, V> {

    private static final float LOAD = 0.75f;

    private final Map<K, V> values;

    Recent(int most) {
        values = new LinkedHashMap<>(64, LOAD, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > most;
            }
        };
    }

    /** The value of the key, made when there is none. */
    synchronized V get(K key, Function<K, V> make) {
        return values.computeIfAbsent(key, make);
    }

    /** The value of the key, if there is one. */
    synchronized @Nullable V peek(K key) {
        return values.get(key);
    }

    synchronized void put(K key, V value) {
        values.put(key, value);
    }

    synchronized int size() {
        return values.size();
    }
}
