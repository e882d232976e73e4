package org.storysign.plugins.limits;

/** An amount of fuel: the cost units of {@code wasm.fuel.CostTable}, not negative. */
public record Fuel(long units) implements Comparable<Fuel> {

    public static final Fuel NONE = new Fuel(0);

    public Fuel {
        if (units < 0) {
            throw new IllegalArgumentException("fuel is negative: " + units);
        }
    }

    @Override
    public int compareTo(Fuel other) {
        return Long.compare(units, other.units);
    }
}
