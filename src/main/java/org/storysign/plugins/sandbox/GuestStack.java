package org.storysign.plugins.sandbox;

import java.util.List;

/**
 * In which functions a guest was stopped, innermost first: each by the name its author gave it, quoted, or as {@code function 12}
 * by its index in the author's build. Host functions and the meter are not among them. Empty when the guest ended by itself or
 * nothing of it ran.
 *
 * @param functions at most {@link #MOST}
 */
public record GuestStack(List<String> functions) {

    /** How many functions are told: enough to find the place, few enough for a message. */
    public static final int MOST = 8;

    public static final GuestStack NONE = new GuestStack(List.of());

    public GuestStack {
        functions = List.copyOf(functions);
        if (functions.size() > MOST) {
            throw new IllegalArgumentException("tells " + functions.size() + " functions, at most " + MOST);
        }
    }

    /** What follows a trap's message: {@code , in `parse`}; nothing when it is not known. */
    String where() {
        return functions.isEmpty() ? "" : ", in " + functions.getFirst();
    }
}
