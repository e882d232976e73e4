package org.storysign.plugins.wasm;

import org.storysign.plugins.identity.Digest;

/** The bytes of a module, and their digest. The bytes never change: they are copied in and out. */
public final class WasmBinary {

    private final byte[] bytes;
    private final Digest digest;

    public WasmBinary(byte[] bytes) {
        this.bytes = bytes.clone();
        this.digest = Digest.of(this.bytes);
    }

    public Digest digest() {
        return digest;
    }

    public int size() {
        return bytes.length;
    }

    /** A copy. */
    public byte[] toBytes() {
        return bytes.clone();
    }

    /** A cursor over all bytes, without copying them. */
    public BinaryCursor cursor() {
        return new BinaryCursor(bytes, 0, bytes.length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WasmBinary binary && digest.equals(binary.digest);
    }

    @Override
    public int hashCode() {
        return digest.hashCode();
    }

    @Override
    public String toString() {
        return "WasmBinary[" + digest + ", " + bytes.length + " bytes]";
    }
}
