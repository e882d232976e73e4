package org.storysign.plugins.wasm;

import java.util.Map;

/** The names a module gives its functions in its name section, by function index (imports first). Names are guest text. */
public record FunctionNames(Map<Integer, String> byIndex) {

    public static final FunctionNames NONE = new FunctionNames(Map.of());

    public FunctionNames {
        byIndex = Map.copyOf(byIndex);
    }

    /** The name, or {@code function 7} when it has none. */
    public String of(int index) {
        return byIndex.getOrDefault(index, "function " + index);
    }
}
