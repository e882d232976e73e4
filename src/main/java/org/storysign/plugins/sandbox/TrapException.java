package org.storysign.plugins.sandbox;

/**
 * Carries a {@link Trap} from where a guest was stopped to the {@link Sandbox}, which turns it into a value. Its Java stack tells
 * an engine which functions the guest was in; nobody else sees it.
 */
public class TrapException extends RuntimeException {

    private final transient Trap trap;

    public TrapException(Trap trap) {
        super(trap.message(), null, false, true);
        this.trap = trap;
    }

    public Trap trap() {
        return trap;
    }
}
