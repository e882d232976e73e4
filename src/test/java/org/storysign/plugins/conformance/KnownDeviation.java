package org.storysign.plugins.conformance;

import java.util.Set;

/** Where the engine is known not to follow the specification, so that everything else is a failure. */
final class KnownDeviation {

    private KnownDeviation() {}

    private static final Set<String> BY_THE_JVM = Set.of("min", "max", "ceil", "floor", "trunc");

    /**
     * Of a signalling NaN some operations must make a quiet one; the engine gives what the JVM's own give, which keep the signal or
     * not, by how the JVM has compiled them so far.
     */
    static boolean isSignallingNan(Command.Action action, SpecValue expected, long found) {
        return BY_THE_JVM.contains(action.field())
                && expected.value().equals("nan:arithmetic")
                && expected.seen(found).equals("nan");
    }
}
