package org.storysign.plugins.wasm;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a function takes and gives. */
public record FunctionType(List<ValueType> params, List<ValueType> results) {

    public FunctionType {
        params = List.copyOf(params);
        results = List.copyOf(results);
    }

    public static FunctionType of(List<ValueType> params, List<ValueType> results) {
        return new FunctionType(params, results);
    }

    /** As in {@code (i64, i64) -> (i64)}. */
    @Override
    public String toString() {
        return names(params) + " -> " + names(results);
    }

    private static String names(List<ValueType> types) {
        return types.stream()
                .map(type -> type.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", ", "(", ")"));
    }
}
