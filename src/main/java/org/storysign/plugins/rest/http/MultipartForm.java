package org.storysign.plugins.rest.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.GuestText;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

/**
 * A {@code multipart/form-data} body (RFC 7578), read where it lies: no files, at most {@link #MOST_PARTS} parts with headers of at most
 * {@link #LONGEST_HEADERS} bytes, no name twice.
 */
final class MultipartForm {

    static final int MOST_PARTS = 202;
    static final int LONGEST_HEADERS = 4_096;

    private static final Pattern BOUNDARY =
            Pattern.compile("(?i)multipart/form-data\\s*;.*?boundary=(?:\"([^\"]{1,70})\"|([^;\\s\"]{1,70})).*");
    private static final Pattern NAME =
            Pattern.compile("(?im)^content-disposition:\\s*form-data\\s*;.*?\\bname=\"([^\"\\r\\n]{0,205})\".*$");
    private static final byte[] END_OF_HEADERS = {'\r', '\n', '\r', '\n'};

    private final byte[] body;
    private final byte[] delimiter;
    private int position;

    private MultipartForm(byte[] body, String boundary) {
        this.body = body;
        this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * The parts by name, in order. Fails with {@code request-invalid}, {@code request-too-large} when they are too many, or {@code
     * unsupported-media-type} without a boundary.
     */
    static Map<String, FormPart> read(String contentType, byte[] body) {
        Matcher matcher = BOUNDARY.matcher(contentType);
        if (!matcher.matches()) {
            throw new ProblemException(
                    ProblemCode.UNSUPPORTED_MEDIA_TYPE, "Expected Content-Type multipart/form-data with a boundary.");
        }
        String boundary = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
        return new MultipartForm(body, boundary).parts();
    }

    private Map<String, FormPart> parts() {
        Map<String, FormPart> parts = new LinkedHashMap<>();
        // The first delimiter has no line end before it.
        byte[] opening = Arrays.copyOfRange(delimiter, 2, delimiter.length);
        position = indexOf(opening, 0, body.length) + opening.length;
        while (!isClosed()) {
            if (parts.size() == MOST_PARTS) {
                throw new ProblemException(
                        ProblemCode.REQUEST_TOO_LARGE,
                        "The form has more than " + MOST_PARTS + " parts.",
                        Map.of(FactKey.LIMIT, MOST_PARTS));
            }
            int headers = position;
            int content = indexOf(END_OF_HEADERS, headers, Math.min(body.length, headers + LONGEST_HEADERS))
                    + END_OF_HEADERS.length;
            int end = indexOf(delimiter, content - 2, body.length);
            String name = name(new String(body, headers, content - headers, StandardCharsets.UTF_8));
            if (parts.putIfAbsent(name, new FormPart(body, content, Math.max(content, end))) != null) {
                throw invalid("the part " + GuestText.quote(name) + " is there twice");
            }
            position = end + delimiter.length;
        }
        return parts;
    }

    private boolean isClosed() {
        if (position + 1 >= body.length) {
            throw invalid("it ends early");
        }
        return body[position] == '-' && body[position + 1] == '-';
    }

    private static String name(String headers) {
        Matcher matcher = NAME.matcher(headers);
        if (!matcher.find()) {
            throw invalid("a part has no name");
        }
        return matcher.group(1);
    }

    private int indexOf(byte[] wanted, int from, int to) {
        for (int start = from; start <= to - wanted.length; start++) {
            if (body[start] == wanted[0]
                    && Arrays.equals(body, start, start + wanted.length, wanted, 0, wanted.length)) {
                return start;
            }
        }
        throw invalid("it ends early, or the headers of a part are longer than " + LONGEST_HEADERS + " bytes");
    }

    private static ProblemException invalid(String why) {
        return new ProblemException(ProblemCode.REQUEST_INVALID, "The form cannot be read: " + why + ".");
    }
}
