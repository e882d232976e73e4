package org.storysign.plugins.problem;

import com.fasterxml.jackson.core.Base64Variant;
import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Reads JSON from people we do not trust: strict UTF-8 without a byte-order mark, one value and nothing after it, no key twice, no
 * {@code NaN}, no number beyond {@value #LARGEST_EXPONENT} digits, no half surrogate pairs and no NUL in a string, nested at
 * most as deep as asked. Decimals keep their digits. Safe for concurrent use.
 */
public final class StrictJson {

    /** Exponents beyond would make later arithmetic explode. */
    static final int LARGEST_EXPONENT = 400;

    private static final int BYTE_ORDER_MARK = 0xFEFF;
    private static final int PIECE = 4 << 10;
    private static final Base64Variant BASE64 =
            Base64Variants.MIME_NO_LINEFEEDS.withReadPadding(Base64Variant.PaddingReadBehaviour.PADDING_ALLOWED);
    /** Numbers keep their digits: {@code 1.0} stays {@code 1.0}. */
    private static final JsonNodeFactory NODES = JsonNodeFactory.withExactBigDecimals(true);

    private final JsonFactory factory;
    private final int deepest;

    /** @param deepest how deep arrays and objects may be nested, 1 or more */
    public StrictJson(int deepest) {
        this.deepest = deepest;
        this.factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(deepest + 1)
                        .maxNumberLength(LARGEST_EXPONENT)
                        .build())
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .build();
    }

    /** The value; anything wrong is added to {@code violations}, and then the value is worth nothing. */
    public JsonNode read(byte[] json, Violations violations) {
        return read(json, Set.of(), violations);
    }

    /**
     * As {@link #read(byte[], Violations)}, but strings under these names in the outermost object are base64 (RFC 4648, section 4) and become
     * binary nodes, without ever being held as text: a body of many megabytes costs little more than its bytes.
     */
    public JsonNode read(byte[] json, Set<String> binary, Violations violations) {
        int before = violations.count();
        CharBuffer piece = CharBuffer.allocate(Math.min(PIECE, json.length + 1));
        boolean isWhole = decode(json, piece, violations);
        if (violations.count() > before) {
            return NODES.nullNode();
        }
        if (isWhole) {
            return read(() -> factory.createParser(piece.array(), 0, piece.position()), binary, violations);
        }
        Reader reader = new InputStreamReader(new ByteArrayInputStream(json), StandardCharsets.UTF_8);
        return read(() -> factory.createParser(reader), binary, violations);
    }

    /** As {@link #read(byte[], Violations)}. */
    public JsonNode read(String json, Violations violations) {
        return read(() -> factory.createParser(json), Set.of(), violations);
    }

    private JsonNode read(Source source, Set<String> binary, Violations violations) {
        try (JsonParser parser = source.open()) {
            if (parser.nextToken() == null) {
                violations.add("", "is empty, expected a JSON value");
                return NODES.nullNode();
            }
            JsonNode value = new Reading(parser, binary, violations).value(0);
            if (parser.nextToken() != null) {
                violations.add("", "has something after its end");
            }
            return value;
        } catch (TooDeep e) {
            violations.add("", "is nested deeper than " + deepest);
        } catch (GivenUp e) {
            return NODES.nullNode();
        } catch (StreamConstraintsException e) {
            violations.add("", "has a number, name or string that is too long");
        } catch (JsonProcessingException e) {
            violations.add(
                    "",
                    "is not JSON at line %d, column %d"
                            .formatted(
                                    e.getLocation().getLineNr(), e.getLocation().getColumnNr()));
        } catch (IOException e) {
            throw new IllegalStateException("a string cannot fail to be read", e);
        }
        return NODES.nullNode();
    }

    /** Checks a piece at a time: what is longer than the piece is not held. Answers whether the piece holds all of it. */
    private static boolean decode(byte[] json, CharBuffer piece, Violations violations) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer bytes = ByteBuffer.wrap(json);
        CoderResult result = decoder.decode(bytes, piece, true);
        if (piece.position() > 0 && piece.get(0) == BYTE_ORDER_MARK) {
            violations.add("", "begins with a byte-order mark");
        }
        boolean isWhole = !result.isOverflow();
        while (result.isOverflow()) {
            piece.clear();
            result = decoder.decode(bytes, piece, true);
        }
        if (result.isError()) {
            violations.add("", "is not valid UTF-8");
        }
        return isWhole;
    }

    private interface Source {
        JsonParser open() throws IOException;
    }

    /** One pass over the tokens. */
    private final class Reading {

        private final JsonParser parser;
        private final Set<String> binary;
        private final Violations violations;

        Reading(JsonParser parser, Set<String> binary, Violations violations) {
            this.parser = parser;
            this.binary = binary;
            this.violations = violations;
        }

        JsonNode value(int depth) throws IOException {
            return switch (parser.currentToken()) {
                case START_OBJECT -> object(deeper(depth));
                case START_ARRAY -> array(deeper(depth));
                case VALUE_STRING -> NODES.textNode(checked(parser.getText()));
                case VALUE_NUMBER_INT -> integer();
                case VALUE_NUMBER_FLOAT -> decimal();
                case VALUE_TRUE -> NODES.booleanNode(true);
                case VALUE_FALSE -> NODES.booleanNode(false);
                case VALUE_NULL -> NODES.nullNode();
                case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
                    throw new IllegalStateException("the parser gives no such token here");
            };
        }

        private int deeper(int depth) {
            if (depth >= deepest) {
                throw new TooDeep();
            }
            return depth + 1;
        }

        private ObjectNode object(int depth) throws IOException {
            ObjectNode object = NODES.objectNode();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = checked(parser.currentName());
                if (object.has(name)) {
                    report("the field " + GuestText.quote(name) + " is there twice");
                }
                boolean asBinary = parser.nextToken() == JsonToken.VALUE_STRING && depth == 1 && binary.contains(name);
                object.set(name, asBinary ? binary() : value(depth));
            }
            return object;
        }

        /** What is not base64 ends the reading: the parser does not find the end of such a string in all cases. */
        private BinaryNode binary() throws IOException {
            try {
                return NODES.binaryNode(parser.getBinaryValue(BASE64));
            } catch (JsonEOFException e) {
                throw e;
            } catch (JsonParseException e) {
                report("is not base64 (RFC 4648, section 4)");
                throw new GivenUp();
            }
        }

        private ArrayNode array(int depth) throws IOException {
            ArrayNode array = NODES.arrayNode();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                array.add(value(depth));
            }
            return array;
        }

        private JsonNode integer() throws IOException {
            return switch (parser.getNumberType()) {
                case INT -> NODES.numberNode(parser.getIntValue());
                case LONG -> NODES.numberNode(parser.getLongValue());
                case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL -> NODES.numberNode(parser.getBigIntegerValue());
            };
        }

        private JsonNode decimal() throws IOException {
            BigDecimal value = parser.getDecimalValue();
            if (Math.abs((long) value.scale()) > LARGEST_EXPONENT) {
                report("is a number with an exponent beyond " + LARGEST_EXPONENT);
            }
            return NODES.numberNode(value);
        }

        private String checked(String text) {
            for (int index = 0; index < text.length(); index++) {
                char character = text.charAt(index);
                if (character == 0) {
                    report("has a NUL character");
                } else if (Character.isSurrogate(character)) {
                    if (!isPairAt(text, index)) {
                        report("has half of a surrogate pair");
                        return text;
                    }
                    index++;
                }
            }
            return text;
        }

        private static boolean isPairAt(String text, int index) {
            return index + 1 < text.length() && Character.isSurrogatePair(text.charAt(index), text.charAt(index + 1));
        }

        private void report(String detail) {
            violations.add(pointer(), detail);
        }

        private String pointer() {
            return parser.getParsingContext().pathAsPointer().toString();
        }
    }

    /** Leaves the reading; why is reported. */
    private static final class GivenUp extends RuntimeException {
        GivenUp() {
            super(null, null, false, false);
        }
    }

    /** Leaves the recursion. */
    private static final class TooDeep extends RuntimeException {
        TooDeep() {
            super(null, null, false, false);
        }
    }
}
