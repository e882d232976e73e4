package org.storysign.plugins.wasm;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads the names of functions out of a custom section {@code name}. A section that is not in order gives the names read so
 * far: custom sections never make a module invalid. Source: core spec 7.4.
 */
final class NameSection {

    private static final int FUNCTION_NAMES = 1;
    private static final int LONGEST = 256;

    private NameSection() {}

    /** Names of functions below {@code functions}, each cut at 256 bytes. */
    static FunctionNames read(BinaryCursor content, int functions) {
        Map<Integer, String> names = new HashMap<>();
        try {
            while (!content.atEnd()) {
                int id = content.u8();
                BinaryCursor subsection = content.slice(content.u32());
                if (id == FUNCTION_NAMES) {
                    readNames(subsection, functions, names);
                }
            }
        } catch (MalformedModuleException damaged) {
            return new FunctionNames(names);
        }
        return new FunctionNames(names);
    }

    private static void readNames(BinaryCursor input, int functions, Map<Integer, String> names) {
        int count = input.count(2);
        for (int entry = 0; entry < count; entry++) {
            long function = input.u32();
            BinaryCursor name = input.slice(input.u32());
            if (function < functions) {
                byte[] utf8 = name.take(Math.min(name.remaining(), LONGEST));
                names.put((int) function, new String(utf8, StandardCharsets.UTF_8));
            }
        }
    }
}
