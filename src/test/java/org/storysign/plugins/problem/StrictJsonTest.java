package org.storysign.plugins.problem;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {

    private static final int PIECE = 4 << 10;

    private final StrictJson json = new StrictJson(10);
    private final Violations violations = new Violations();

    @Test
    void a_binary_member_becomes_its_bytes_whatever_their_number() {
        for (int length : new int[] {0, 1, 2, 3, 4_000, 100_001}) {
            byte[] bytes = new byte[length];
            new Random(length).nextBytes(bytes);
            String text = Base64.getEncoder().encodeToString(bytes);

            JsonNode read = read("{\"module\": \"" + text + "\", \"other\": \"" + text + "\"}");

            assertThat(violations.isEmpty()).isTrue();
            assertThat(bytesOf(read)).isEqualTo(bytes);
            assertThat(read.get("other").textValue()).isEqualTo(text);
        }
    }

    @Test
    void padding_may_be_left_out() {
        assertThat(bytesOf(read("{\"module\": \"AGFzbQ\"}"))).containsExactly(0, 'a', 's', 'm');
        assertThat(violations.isEmpty()).isTrue();
    }

    @Test
    void only_the_outermost_object_has_binary_members() {
        JsonNode read = read("{\"deeper\": {\"module\": \"****\"}, \"list\": [{\"module\": \"****\"}]}");

        assertThat(violations.isEmpty()).isTrue();
        assertThat(read.at("/deeper/module").textValue()).isEqualTo("****");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*not base64*", "AAA=A", "A", "AAAA====", "A\\u0000AA", "ÄÖÜß", "AGFzbQ-_"})
    void what_is_not_base64_is_told_with_where_it_stands(String text) {
        read("{\"module\": \"" + text + "\"}");

        assertThat(violations.list()).containsExactly(new Violation("/module", "is not base64 (RFC 4648, section 4)"));
    }

    @Test
    void a_binary_string_that_never_ends_is_refused() {
        read("{\"module\": \"AAAA");

        assertThat(violations.list()).extracting(Violation::detail).containsExactly("is not JSON at line 1, column 17");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, PIECE - 3, PIECE - 2, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE})
    void bytes_that_are_not_utf_8_are_found_wherever_they_stand(int before) {
        for (List<Integer> wrong : List.of(
                List.of(0xFF),
                List.of(0xC3),
                List.of(0xC0, 0x80),
                List.of(0xED, 0xA0, 0x80),
                List.of(0xF4, 0x90, 0x80, 0x80))) {
            Violations found = new Violations();
            byte[] head = ("{\"a\": \"" + "x".repeat(before)).getBytes(StandardCharsets.UTF_8);
            byte[] text = java.util.Arrays.copyOf(head, head.length + wrong.size() + 2);
            for (int index = 0; index < wrong.size(); index++) {
                text[head.length + index] = (byte) (int) wrong.get(index);
            }
            text[text.length - 2] = '"';
            text[text.length - 1] = '}';

            json.read(text, found);

            assertThat(found.list()).containsExactly(new Violation("", "is not valid UTF-8"));
        }
    }

    @Test
    void text_of_all_lengths_of_utf_8_is_read_across_the_pieces() {
        String text = "aäあ😀".repeat(PIECE);

        assertThat(read("{\"a\": \"" + text + "\"}").get("a").textValue()).isEqualTo(text);
        assertThat(violations.isEmpty()).isTrue();
    }

    private JsonNode read(String text) {
        return json.read(text.getBytes(StandardCharsets.UTF_8), Set.of("module"), violations);
    }

    private static byte[] bytesOf(JsonNode read) {
        try {
            return read.get("module").binaryValue();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
