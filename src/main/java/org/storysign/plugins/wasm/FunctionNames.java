package org.storysign.plugins.wasm;

import java.util.Map;
import org.storysign.plugins.problem.GuestText;

/** The names a module gives its functions in its name section, by function index (imports first). Names are guest text. */
public record FunctionNames(Map<Integer, String> byIndex) {

    public static final FunctionNames NONE = new FunctionNames(Map.of());

    public FunctionNames {
        byIndex = Map.copyOf(byIndex);
    }

    /** The name, quoted for messages, or {@code function 7} when it has none. */
    public String of(int index) {
        String name = byIndex.getOrDefault(index, "");
        return name.isEmpty() ? "function " + index : GuestText.quote(name);
    }
}
