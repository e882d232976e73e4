package org.storysign.plugins.rest.http;

import jakarta.ws.rs.container.ContainerRequestContext;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.problem.ProblemException;

/**
 * What a request asks, as a hash: method, address, conditions and body. The parts of a form count one by one: what lies between them is
 * another line each time a client sends it.
 */
final class RequestFingerprint {

    private final MessageDigest sum;

    private RequestFingerprint(MessageDigest sum) {
        this.sum = sum;
    }

    /** SHA-256, hexadecimal. */
    static String of(ContainerRequestContext request, ReceivedBody body) {
        try {
            RequestFingerprint fingerprint = new RequestFingerprint(MessageDigest.getInstance("SHA-256"));
            fingerprint.add(request.getMethod());
            fingerprint.add(request.getUriInfo().getRequestUri().getRawPath());
            fingerprint.add(request.getUriInfo().getRequestUri().getRawQuery());
            fingerprint.add(request.getHeaderString("If-Match"));
            fingerprint.add(request.getHeaderString("If-None-Match"));
            parts(body).forEach((name, content) -> {
                fingerprint.add(name);
                fingerprint.add(content.bytes());
            });
            return HexFormat.of().formatHex(fingerprint.sum.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static Map<String, FormPart> parts(ReceivedBody body) {
        if (!body.contentType().startsWith("multipart/form-data")) {
            return whole(body.contentType(), body);
        }
        try {
            return new TreeMap<>(MultipartForm.read(body.contentType(), body.bytes()));
        } catch (ProblemException noForm) {
            return whole("", body);
        }
    }

    private static Map<String, FormPart> whole(String name, ReceivedBody body) {
        byte[] bytes = body.bytes();
        return Map.of(name, new FormPart(bytes, 0, bytes.length));
    }

    private void add(@Nullable String text) {
        add(text == null ? new byte[] {-1} : text.getBytes(StandardCharsets.UTF_8));
    }

    /** After its length, so that nothing can be moved from one part to the next. */
    private void add(byte[] bytes) {
        sum.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        sum.update(bytes);
    }
}
