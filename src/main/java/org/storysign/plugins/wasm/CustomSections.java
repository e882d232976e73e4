package org.storysign.plugins.wasm;

import java.io.ByteArrayOutputStream;

/** Takes custom sections out of a well-formed module. */
final class CustomSections {

    private static final int HEADER = 8;

    private CustomSections() {}

    /** The bytes of the module with every other section unchanged and in its place. */
    static byte[] strip(WasmBinary binary) {
        byte[] bytes = binary.toBytes();
        ByteArrayOutputStream kept = new ByteArrayOutputStream(bytes.length);
        kept.write(bytes, 0, HEADER);
        BinaryCursor input = binary.cursor();
        input.skip(HEADER);
        while (!input.atEnd()) {
            int start = input.position();
            int id = input.u8();
            input.skip(input.u32());
            if (id != 0) {
                kept.write(bytes, start, input.position() - start);
            }
        }
        return kept.toByteArray();
    }
}
