package org.storysign.plugins.sandbox;

/**
 * Port: makes whole calls outside of this process, by the same rules. Called on a guest thread; safe for concurrent use. Both never
 * throw for what a guest does; they throw {@code ProblemException} {@code overloaded} when there is no room for the call there.
 */
public interface RemoteCalls {

    /** As {@link Sandbox#call}. */
    CallResult call(CallRequest request);

    /** As {@link Sandbox#trial}. */
    CallResult trial(CallRequest request);
}
