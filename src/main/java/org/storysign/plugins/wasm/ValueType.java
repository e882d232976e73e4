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

    private final int code;

    ValueType(int code) {
        this.code = code;
    }

    /** The byte that stands for it in the binary format. */
    public int code() {
        return code;
    }

    public static Optional<ValueType> of(int code) {
        for (ValueType type : values()) {
            if (type.code == code) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
