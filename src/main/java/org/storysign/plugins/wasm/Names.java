package org.storysign.plugins.wasm;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads names: a length and that many bytes of strict UTF-8. Source: core spec 5.2.4. */
final class Names {

    private Names() {}

    /** A name of at most {@link PreflightCap#NAME_LENGTH} bytes. */
    static String read(BinaryCursor input, String where) {
        int at = input.position();
        int length = input.count(1);
        PreflightCap.NAME_LENGTH.require(length, where);
        return decode(input.take(length), at);
    }

    private static String decode(byte[] utf8, int at) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedModuleException(at, "name is not UTF-8");
        }
    }
}
