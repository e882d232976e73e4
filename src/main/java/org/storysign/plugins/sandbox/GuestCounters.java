package org.storysign.plugins.sandbox;

/** Where a running copy of a module keeps what is left of its fuel and its depth. Used by the guest's thread. */
public interface GuestCounters {

    /** Cost units left of the current slice; below 0 when the guest owes some. */
    long fuel();

    void setFuel(long units);

    /** Call depth left; below 0 when the guest's last call went too deep, or the counter was not armed yet. */
    long depth();

    void setDepth(long units);
}
