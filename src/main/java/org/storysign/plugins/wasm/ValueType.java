package org.storysign.plugins.wasm;

import java.util.Optional;

/** The types a value can have here; vectors and the types of garbage collection are refused. Source: core spec 5.3. */
public enum ValueType {
    I32(0x7F),
    I64(0x7E),
    F32(0x7D),
    F64(0x7C),
    FUNCREF(0x70),
    EXTERNREF(0x6F);

    private static final ValueType[] ALL = values();

    private final int code;

    ValueType(int code) {
        this.code = code;
    }

    /** The byte that stands for it in the binary format. */
    public int code() {
        return code;
    }

    public static Optional<ValueType> of(int code) {
        for (ValueType type : ALL) {
            if (type.code == code) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /** Whether it is a reference and not a number. */
    public boolean isReference() {
        return this == FUNCREF || this == EXTERNREF;
    }

    /** Reads a value type; one of a refused feature is refused by name. */
    static ValueType read(BinaryCursor input, String where) {
        int at = input.position();
        return ofCode(input.u8(), at, where);
    }

    /** The type with this code, which stands at the offset. */
    static ValueType ofCode(int code, int at, String where) {
        return of(code).orElseThrow(() -> RefusedFeature.ofType(code)
                .<RuntimeException>map(feature -> feature.found("type 0x%02X".formatted(code), where))
                .orElseGet(() -> new MalformedModuleException(at, "unknown value type 0x%02X".formatted(code))));
    }

    /** Reads a reference type. */
    static ValueType readReference(BinaryCursor input, String where) {
        int at = input.position();
        ValueType type = read(input, where);
        if (!type.isReference()) {
            throw new MalformedModuleException(at, "expected a reference type, found " + type);
        }
        return type;
    }
}
