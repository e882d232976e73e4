package org.storysign.plugins.platform.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.sandbox.HttpAccess;
import org.storysign.plugins.sandbox.Trap;
import org.storysign.plugins.sandbox.TrapException;

/**
 * Reads one answer of HTTP/1.1 and no more of it than is allowed. Throws {@link IOException} for what is not an answer, and
 * {@link TrapException} with {@link Trap.HttpFailed} when the body is too large. Source: RFC 9112.
 */
final class ResponseReader {

    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9]{2})(?: .*)?");
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,15}");
    private static final Pattern CHUNK = Pattern.compile("([0-9A-Fa-f]{1,8})[ \\t]*(?:;.*)?");
    private static final int MOST_HEAD_BYTES = 65_536;
    private static final int STEP = 8_192;

    private final InputStream input;
    private final MemorySize largestBody;
    private final LongConsumer received;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private int headBytes;

    /** @param received told the bytes of the body that have arrived, as they do */
    ResponseReader(InputStream input, MemorySize largestBody, LongConsumer received) {
        this.input = input;
        this.largestBody = largestBody;
        this.received = received;
    }

    HttpAccess.Response read(String method) throws IOException {
        int status = status();
        Map<String, String> headers = headers();
        while (status < 200) {
            status = status();
            headers = headers();
        }
        if (!method.equals("HEAD") && status != 204 && status != 304) {
            readBody(headers);
        }
        return new HttpAccess.Response(status, headers, body.toByteArray());
    }

    private int status() throws IOException {
        Matcher line = STATUS.matcher(line());
        if (!line.matches()) {
            throw new IOException("no status line");
        }
        return Integer.parseInt(line.group(1));
    }

    private Map<String, String> headers() throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new IOException("no header");
            }
            headers.merge(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip(),
                    (one, other) -> one + ", " + other);
        }
        return headers;
    }

    private void readBody(Map<String, String> headers) throws IOException {
        String coding = headers.get("transfer-encoding");
        String length = headers.get("content-length");
        if (coding != null) {
            if (!coding.equalsIgnoreCase("chunked") || length != null) {
                throw new IOException("unknown framing");
            }
            readChunks();
        } else if (length != null) {
            if (!LENGTH.matcher(length).matches()) {
                throw new IOException("no length");
            }
            readExactly(Long.parseLong(length));
        } else {
            readToTheEnd();
        }
    }

    private void readChunks() throws IOException {
        while (true) {
            Matcher line = CHUNK.matcher(line());
            if (!line.matches()) {
                throw new IOException("no chunk");
            }
            long length = Long.parseLong(line.group(1), 16);
            if (length == 0) {
                return;
            }
            readExactly(length);
            if (!line().isEmpty()) {
                throw new IOException("no end of chunk");
            }
        }
    }

    private void readExactly(long length) throws IOException {
        requireRoom(length);
        for (long left = length; left > 0; ) {
            byte[] next = input.readNBytes((int) Math.min(STEP, left));
            if (next.length == 0) {
                throw new IOException("ends early");
            }
            take(next);
            left -= next.length;
        }
    }

    private void readToTheEnd() throws IOException {
        byte[] next = input.readNBytes(STEP);
        while (next.length > 0) {
            requireRoom(next.length);
            take(next);
            next = input.readNBytes(STEP);
        }
    }

    private void take(byte[] next) {
        body.writeBytes(next);
        received.accept(body.size());
    }

    private void requireRoom(long more) {
        if (more > largestBody.bytes() - body.size()) {
            throw new TrapException(new Trap.HttpFailed("got an answer with a body larger than " + largestBody));
        }
    }

    /** A line of the head, or around a chunk, without its end. */
    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = input.read(); next != '\n'; next = input.read()) {
            if (next < 0 || ++headBytes > MOST_HEAD_BYTES) {
                throw new IOException("no end of line");
            }
            line.write(next);
        }
        headBytes++;
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }
}
