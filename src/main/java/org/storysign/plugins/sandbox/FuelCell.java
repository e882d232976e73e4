package org.storysign.plugins.sandbox;

/** Where a running copy of a module keeps what is left of its slice of fuel. Used by the guest's thread. */
public interface FuelCell {

    /** Cost units left; below 0 when the guest owes some. */
    long left();

    /** Sets what is left. */
    void setLeft(long units);
}
