package org.storysign.plugins.platform;

/** Port: who is told of every answer of the gate. Called on guest threads; must be quick and must not fail. */
@FunctionalInterface
public interface GateListener {

    GateListener NONE = answer -> {};

    void answered(GateAnswer answer);

    /** Tells both. */
    default GateListener and(GateListener other) {
        return answer -> {
            answered(answer);
            other.answered(answer);
        };
    }
}
