package org.storysign.plugins.sandbox;

/** What of a {@link CallFrame} outlives its call when the instance is kept for the next one: such as the guest's variables. */
public interface KeptFrame {

    /** Of an instance that was made as new. */
    KeptFrame NOTHING = new KeptFrame() {};
}
