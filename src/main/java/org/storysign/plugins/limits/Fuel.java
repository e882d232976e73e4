package org.storysign.plugins.limits;

/**
 * An amount of fuel: the cost units of {@code wasm.fuel.CostTable}, from 0 to 2^60. The largest is years of work; above it lies
 * the room in which a guest's last charge may pass its limit without passing what a counter of 64 bits can hold.
 */
public record Fuel(long units) implements Comparable<Fuel> {

    public static final Fuel NONE = new Fuel(0);
    public static final Fuel LARGEST = new Fuel(1L << 60);

    public Fuel {
        if (units < 0) {
            throw new IllegalArgumentException("fuel is negative: " + units);
        }
        if (units > 1L << 60) {
            throw new IllegalArgumentException("fuel is above 2^60: " + units);
        }
    }

    @Override
    public int compareTo(Fuel other) {
        return Long.compare(units, other.units);
    }
}
