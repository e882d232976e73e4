package org.storysign.plugins.wasm.scan;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.storysign.plugins.problem.GuestText;
import org.storysign.plugins.wasm.BinaryCursor;
import org.storysign.plugins.wasm.MalformedModuleException;

/** Reads the custom section {@code producers}. Source: WebAssembly tool conventions, ProducersSection.md. */
final class Producers {

    static final String SECTION = "producers";

    private static final int MOST = 20;
    private static final int LONGEST = 60;

    private Producers() {}

    /** Such as {@code language `Rust`}; what cannot be read ends the list. */
    static List<String> read(BinaryCursor input) {
        List<String> found = new ArrayList<>();
        try {
            int fields = input.count(2);
            for (int field = 0; field < fields; field++) {
                String kind = text(input);
                int values = input.count(2);
                for (int value = 0; value < values && found.size() < MOST; value++) {
                    String name = (text(input) + " " + text(input)).strip();
                    found.add(readable(kind) + " " + GuestText.quote(readable(name)));
                }
            }
        } catch (MalformedModuleException unreadable) {
            found.add("what follows cannot be read");
        }
        return found;
    }

    private static String text(BinaryCursor input) {
        return new String(input.take(input.u32()), StandardCharsets.UTF_8);
    }

    private static String readable(String text) {
        String cut = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
        return SecretShape.isIn(text) ? "(looks like a secret)" : cut.replaceAll("[^\\p{Alnum}\\p{Punct} …]", "?");
    }
}
