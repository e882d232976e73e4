package org.storysign.plugins.wasm.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.storysign.plugins.kit.Modules;
import org.storysign.plugins.kit.Wat;
import org.storysign.plugins.limits.SecurityLevel;

class FactFinderTest {

    private static final int LARGEST = 10 * 1024 * 1024 - 4096;

    @Test
    void what_a_module_is_and_asks_for_is_told() {
        ModuleFacts facts = facts(Wat.assemble("""
                (module
                  (import "extism:host/user" "user_get" (func $get (param i64) (result i64)))
                  (import "extism:host/env" "http_request" (func $http (param i64 i64) (result i64)))
                  (memory (export "memory") 2 16) (table 3 funcref)
                  (func $start) (start $start)
                  (data (i32.const 0) "see https://api.example.com/v1 and http://other.example:8080")
                  (func (export "run") (result i32) (i32.const 0)))
                """));

        assertThat(facts.imports()).containsExactly("extism:host/env.http_request", "extism:host/user.user_get");
        assertThat(facts.start()).isTrue();
        assertThat(facts.memoryPages()).isEqualTo(2);
        assertThat(facts.mostMemoryPages()).hasValue(16);
        assertThat(facts.tableEntries()).isEqualTo(3);
        assertThat(facts.data().segments()).isEqualTo(1);
        assertThat(facts.hosts()).containsExactly("api.example.com", "other.example:8080");
        assertThat(facts.secrets()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "AWS access key, AKIAIOSFODNN7EXAMPLE, AKIA…",
        "GitHub token, ghp_0123456789abcdefghijklmnopqrstuvwxyz, ghp_…",
        "GitHub token, github_pat_11ABCDEFG0123456789_abcdefghijklmnopqrstuvwxyz, github_pat_…",
        "GitLab token, glpat-abcdefghij0123456789, glpat-…",
        "Google API key, AIzaSyA0123456789abcdefghijklmnopqrstuv, AIza…",
        "Slack token, xoxb-1234567890-abcdefghijkl, xoxb-…",
        "Stripe key, sk_live_0123456789abcdefghijklmn, sk_live_…",
        "npm token, npm_0123456789abcdefghijklmnopqrstuvwxyz, npm_…",
        "JSON Web Token, eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJl, eyJ…",
        "private key, -----BEGIN RSA PRIVATE KEY-----, -----BEGIN … PRIVATE KEY-----",
        "password in an address, postgres://admin:hunter22@db.example/x, …://…@…",
    })
    void what_looks_like_a_secret_is_found_amid_other_text_and_shown_only_by_what_all_of_its_kind_share(
            String kind, String secret, String shown) {
        ModuleFacts facts = facts(withData(("some text" + secret + "\0more").getBytes(StandardCharsets.UTF_8)));

        assertThat(facts.secrets())
                .singleElement()
                .satisfies(found -> assertThat(found.kind()).isEqualTo(kind))
                .satisfies(found -> assertThat(found.shown()).isEqualTo(shown))
                .satisfies(found -> assertThat(found.where()).isEqualTo("data segment 0"));
        assertThat(facts.toString()).doesNotContain(secret).doesNotContain("hunter22");
    }

    @ParameterizedTest
    @CsvSource({
        "AKIAIOSFODNN7EXAMPL",
        "ghp_tooshort",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIi",
        "https://user@host.example",
        "-----BEGIN PUBLIC KEY-----"
    })
    void what_only_begins_like_one_is_none(String text) {
        assertThat(facts(withData(text.getBytes(StandardCharsets.UTF_8))).secrets())
                .isEmpty();
    }

    @Test
    void custom_sections_are_looked_at_and_a_secret_in_the_place_of_a_host_or_a_tool_is_not_repeated() {
        byte[] module = concat(
                withData("https://AKIAIOSFODNN7EXAMPLE.example.com".getBytes(StandardCharsets.UTF_8)),
                custom("notes", "glpat-abcdefghij0123456789".getBytes(StandardCharsets.UTF_8)),
                custom("producers", producers("AKIAIOSFODNN7EXAMPLE", "1")));

        ModuleFacts facts = facts(module);

        assertThat(facts.secrets())
                .extracting(EmbeddedSecret::where)
                .containsExactly("data segment 0", "custom section `notes`", "custom section `producers`");
        assertThat(facts.hosts()).isEmpty();
        assertThat(facts.producers()).containsExactly("language `(looks like a secret)`");
        assertThat(facts.toString()).doesNotContain("IOSFODNN7EXAMPLE");
    }

    @Test
    void languages_and_tools_are_told_and_a_broken_section_ends_the_list() {
        assertThat(facts(concat(withData(new byte[0]), custom("producers", producers("Rust", "1.80"))))
                        .producers())
                .containsExactly("language `Rust 1.80`");
        assertThat(facts(concat(withData(new byte[0]), custom("producers", new byte[] {9, 1, 'x'})))
                        .producers())
                .containsExactly("what follows cannot be read");
    }

    @Test
    void random_data_is_dense_and_text_is_not() {
        byte[] random = new byte[64 * 1024];
        new Random(7).nextBytes(random);

        assertThat(facts(withData(random)).data().denseBytes()).isEqualTo(64 * 1024);
        assertThat(facts(withData(random)).data().entropy()).isGreaterThan(7.9);
        assertThat(facts(withData("all work and no play ".repeat(3000).getBytes(StandardCharsets.UTF_8)))
                        .data()
                        .denseBytes())
                .isZero();
    }

    static Stream<String> hostile() {
        return Stream.of(
                "AKIAIOSFODNN7EXAMPLE ",
                "AKIA",
                "ghp_",
                "eyJ",
                ".eyJ",
                "x.eyJhbGciOiJIUzI1NiJ9",
                "://",
                "http://",
                "https://a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a.a",
                "http://u:p@",
                "-----BEGIN ",
                "-----BEGIN PRIVATE KEY-----",
                "xoxb-",
                "\0");
    }

    /** The largest module there is; quadratic work in it would take hours, so that it ends is what this shows. */
    @ParameterizedTest
    @MethodSource("hostile")
    void the_largest_module_full_of_bait_gives_a_bounded_number_of_findings(String bait) {
        byte[] data = bait.repeat(LARGEST / bait.length()).getBytes(StandardCharsets.ISO_8859_1);

        ModuleFacts facts = FactFinder.facts(Modules.read(withData(data), SecurityLevel.MINIMAL));

        assertThat(facts.secrets()).hasSizeLessThanOrEqualTo(EmbeddedTexts.MOST_SECRETS);
        assertThat(facts.hosts()).hasSizeLessThanOrEqualTo(EmbeddedTexts.MOST_HOSTS);
        assertThat(facts.toString().length()).isLessThan(20_000);
    }

    @Test
    void hosts_beyond_the_bound_are_told_to_be_there() {
        String many = IntStream.range(0, 80)
                .mapToObj("https://h%02d.example/"::formatted)
                .collect(Collectors.joining(" "));

        ModuleFacts facts = facts(withData(many.getBytes(StandardCharsets.UTF_8)));

        assertThat(facts.hosts()).hasSize(50);
        assertThat(facts.moreHosts()).isTrue();
    }

    private static ModuleFacts facts(byte[] module) {
        return FactFinder.facts(Modules.read(module));
    }

    /** A module with a memory and one passive segment, whose size needs no place in the memory. */
    private static byte[] withData(byte[] data) {
        return concat(
                new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0, 5, 3, 1, 0, 1},
                section(11, concat(new byte[] {1, 1}, leb(data.length), data)));
    }

    private static byte[] custom(String name, byte[] content) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        return section(0, concat(leb(text.length), text, content));
    }

    private static byte[] producers(String name, String version) {
        return concat(
                new byte[] {1, 8},
                "language".getBytes(StandardCharsets.UTF_8),
                new byte[] {1, (byte) name.length()},
                name.getBytes(StandardCharsets.UTF_8),
                new byte[] {(byte) version.length()},
                version.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] section(int id, byte[] content) {
        return concat(new byte[] {(byte) id}, leb(content.length), content);
    }

    private static byte[] leb(int value) {
        return new byte[] {
            (byte) (value & 0x7F | 0x80),
            (byte) (value >>> 7 & 0x7F | 0x80),
            (byte) (value >>> 14 & 0x7F | 0x80),
            (byte) (value >>> 21)
        };
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
