package org.storysign.plugins.conformance;

/**
 * A value as a script gives it: its type, and its bits in decimal, {@code null}, {@code nan:canonical}, {@code nan:arithmetic} or,
 * for a reference that only must not be null, nothing.
 */
record SpecValue(String type, String value) {

    /** The engine's null reference. */
    private static final long NULL = -1;

    private static final int F32_INFINITY = 0x7F80_0000;
    private static final int F32_QUIET = 0x0040_0000;
    private static final long F64_INFINITY = 0x7FF0_0000_0000_0000L;
    private static final long F64_QUIET = 0x0008_0000_0000_0000L;

    /** As the engine takes it. */
    long bits() {
        return switch (type) {
            case "i32", "f32" -> Integer.parseUnsignedInt(value);
            case "i64", "f64" -> Long.parseUnsignedLong(value);
            case "funcref", "externref" -> value.equals("null") ? NULL : Long.parseLong(value);
            default -> throw new IllegalArgumentException("a value of type " + type);
        };
    }

    boolean matches(long found) {
        return switch (value) {
            case "" -> found != NULL;
            case "nan:canonical", "nan:arithmetic" -> isNan(found, value.equals("nan:canonical"));
            default -> type.equals("i32") || type.equals("f32") ? (int) found == (int) bits() : found == bits();
        };
    }

    private boolean isNan(long found, boolean canonical) {
        if (type.equals("f32")) {
            int magnitude = (int) found & 0x7FFF_FFFF;
            int least = F32_INFINITY | F32_QUIET;
            return canonical ? magnitude == least : (magnitude & least) == least;
        }
        long magnitude = found & Long.MAX_VALUE;
        long least = F64_INFINITY | F64_QUIET;
        return canonical ? magnitude == least : (magnitude & least) == least;
    }

    /**
     * A found value as lanes are compared by: exact, but for the bits of a NaN that the specification leaves open and the index
     * behind a function reference, which metering shifts.
     */
    String seen(long found) {
        return switch (type) {
            case "f32" -> Float.isNaN(Float.intBitsToFloat((int) found)) ? "nan" : Integer.toHexString((int) found);
            case "f64" -> Double.isNaN(Double.longBitsToDouble(found)) ? "nan" : Long.toHexString(found);
            case "i32" -> Integer.toString((int) found);
            case "funcref" -> found == NULL ? "null" : "function";
            default -> Long.toString(found);
        };
    }
}
