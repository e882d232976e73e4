package org.storysign.plugins.rest.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

class MultipartFormTest {

    private static final String TYPE = "multipart/form-data; boundary=XX";

    @Test
    void parts_are_read_by_name_with_their_bytes_as_they_are() {
        Map<String, byte[]> parts = read(part("manifest", "{}") + part("module", "\0asm\r\n--X\r\n--") + "--XX--\r\n");

        assertThat(parts).containsOnlyKeys("manifest", "module");
        assertThat(parts.get("manifest")).isEqualTo("{}".getBytes(UTF_8));
        assertThat(parts.get("module")).isEqualTo("\0asm\r\n--X\r\n--".getBytes(ISO_8859_1));
    }

    @Test
    void an_empty_part_and_a_form_without_parts_are_what_they_are() {
        assertThat(read(part("module", "") + "--XX--").get("module")).isEmpty();
        assertThat(read("--XX--\r\n")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "multipart/form-data; boundary=\"XX\"",
                "Multipart/Form-Data; charset=utf-8; Boundary=XX",
                "multipart/form-data;boundary=XX; charset=utf-8"
            })
    void a_boundary_is_found_however_it_is_written(String type) {
        assertThat(MultipartForm.read(type, (part("a", "b") + "--XX--").getBytes(UTF_8)))
                .containsOnlyKeys("a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "application/json", "multipart/form-data", "multipart/form-data; boundary=", "text/x"})
    void a_type_without_a_boundary_is_refused(String type) {
        assertRefused(type, "--XX--", ProblemCode.UNSUPPORTED_MEDIA_TYPE);
    }

    @Test
    void as_many_parts_as_a_package_may_have_are_read_and_one_more_is_refused() {
        StringBuilder body = new StringBuilder();
        for (int count = 0; count < MultipartForm.MOST_PARTS; count++) {
            body.append(part("p" + count, ""));
        }

        assertThat(read(body + "--XX--")).hasSize(202);
        assertRefused(TYPE, body + part("p202", "") + "--XX--", ProblemCode.REQUEST_TOO_LARGE);
    }

    @Test
    void a_name_twice_is_refused() {
        assertRefused(TYPE, part("module", "a") + part("module", "b") + "--XX--", ProblemCode.REQUEST_INVALID);
    }

    @Test
    void headers_longer_than_4_kib_are_refused() {
        String headers = "Content-Disposition: form-data; name=\"a\"\r\nX-Padding: ";
        int room = MultipartForm.LONGEST_HEADERS - headers.length() - 6;

        assertThat(read("--XX\r\n" + headers + "x".repeat(room) + "\r\n\r\nb\r\n--XX--"))
                .containsOnlyKeys("a");
        assertRefused(
                TYPE, "--XX\r\n" + headers + "x".repeat(room + 1) + "\r\n\r\nb\r\n--XX--", ProblemCode.REQUEST_INVALID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no boundary at all",
                "--XX",
                "--XX\r\n",
                "--XX\r\nContent-Disposition: form-data; name=\"a\"",
                "--XX\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nnever ends",
                "--XX\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nends early\r\n--XX",
                "--XX\r\nContent-Type: text/plain\r\n\r\nno name\r\n--XX--",
                "--XX\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\nno form data\r\n--XX--"
            })
    void a_body_that_is_no_form_is_refused(String body) {
        assertRefused(TYPE, body, ProblemCode.REQUEST_INVALID);
    }

    @Test
    void ten_thousand_mutated_forms_are_read_or_refused_and_nothing_else() {
        byte[] valid = (part("manifest", "{}") + part("module", "\0asm") + "--XX--\r\n").getBytes(ISO_8859_1);
        Random random = new Random(7);

        for (int round = 0; round < 10_000; round++) {
            byte[] mutant = valid.clone();
            for (int change = 0; change <= random.nextInt(4); change++) {
                mutant[random.nextInt(mutant.length)] = (byte) random.nextInt();
            }
            byte[] cut = java.util.Arrays.copyOf(mutant, random.nextInt(mutant.length + 1));
            try {
                assertThat(MultipartForm.read(TYPE, cut).size()).isLessThanOrEqualTo(2);
            } catch (ProblemException refused) {
                assertThat(refused.code()).isEqualTo(ProblemCode.REQUEST_INVALID);
            }
        }
    }

    private static Map<String, byte[]> read(String body) {
        return MultipartForm.read(TYPE, body.getBytes(ISO_8859_1)).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, part -> part.getValue().bytes()));
    }

    private static String part(String name, String content) {
        return "--XX\r\nContent-Disposition: form-data; name=\"" + name + "\"; filename=\"f\"\r\n\r\n" + content
                + "\r\n";
    }

    private static void assertRefused(String type, String body, ProblemCode code) {
        assertThatThrownBy(() -> MultipartForm.read(type, body.getBytes(ISO_8859_1)))
                .asInstanceOf(InstanceOfAssertFactories.type(ProblemException.class))
                .extracting(ProblemException::code)
                .isEqualTo(code);
    }
}
