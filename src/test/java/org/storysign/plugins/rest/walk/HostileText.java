package org.storysign.plugins.rest.walk;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** What callers send who mean no good, or who got it wrong. */
final class HostileText {

    private static final List<String> WORDS = List.of(
            "",
            " ",
            "0",
            "-1",
            "1e300",
            "9223372036854775808",
            "null",
            "true",
            "[]",
            "{}",
            "a".repeat(64),
            "a".repeat(3_000),
            "..",
            "../../etc/passwd",
            "%2e%2e%2f",
            "\u0000",
            "\n",
            "\r\nX: y",
            "тест",
            "🤟🏽",
            "\u202e\u0000",
            "ﬁ",
            "' OR '1'='1",
            "\"; DROP TABLE plugin; --",
            "<script>alert(1)</script>",
            "${jndi:ldap://x}",
            "%s%n%d",
            "*",
            "default",
            "system-x",
            "2026-11-23T10:00:00Z",
            "9999-99-99",
            "sha256:" + "0".repeat(64),
            "00000000-0000-0000-0000-000000000000",
            "not-a-uuid");

    private static final List<byte[]> BODIES = List.of(
            new byte[0],
            bytes(" "),
            bytes("{"),
            bytes("null"),
            bytes("[]"),
            bytes("\"text\""),
            bytes("{\"a\":1,\"a\":2}"),
            bytes("{\"grants\":[],\"grants\":[]}"),
            bytes("[".repeat(100_000) + "]".repeat(100_000)),
            bytes("{\"a\":".repeat(20_000) + "1" + "}".repeat(20_000)),
            bytes("1e999999999"),
            bytes("{\"n\":" + "9".repeat(20_000) + "}"),
            bytes("{\"n\":1e999999999}"),
            bytes("{\"__proto__\":{}}"),
            bytes("{} trailing"),
            bytes("\ufeff{}"),
            new byte[] {'{', '"', (byte) 0xff, (byte) 0xfe, '"', ':', '1', '}'},
            new byte[] {'{', '"', 0, '"', ':', '1', '}'},
            bytes("{\"a\":\"\\ud800\"}"),
            bytes("a=b&c=d"),
            bytes("<xml/>"),
            bytes("--x\r\nContent-Disposition: form-data; name=\"manifest\"\r\n\r\n{}\r\n--x--\r\n"));

    private HostileText() {}

    static String word(Random random) {
        return WORDS.get(random.nextInt(WORDS.size()));
    }

    static byte[] body(Random random) {
        return BODIES.get(random.nextInt(BODIES.size()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
