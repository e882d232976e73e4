package org.storysign.plugins.rest.http;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Arrays;

/** A part of a form, where it lies in the body: a large one is not held twice. */
public final class FormPart {

    private final byte[] body;
    private final int from;
    private final int to;

    FormPart(byte[] body, int from, int to) {
        this.body = body;
        this.from = from;
        this.to = to;
    }

    /** A copy of its content. */
    public byte[] bytes() {
        return Arrays.copyOfRange(body, from, to);
    }

    /** Its content, from the beginning. */
    public InputStream stream() {
        return new ByteArrayInputStream(body, from, to - from);
    }
}
