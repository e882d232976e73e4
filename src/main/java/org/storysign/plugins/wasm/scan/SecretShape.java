package org.storysign.plugins.wasm.scan;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Secrets that can be told by how they begin. What looks like one is a finding whether or not it is valid. */
enum SecretShape {
    AWS_ACCESS_KEY("AWS access key", Alphabet.UPPER, 16, "AKIA", "ASIA"),
    GITHUB_TOKEN("GitHub token", Alphabet.WORD, 36, "ghp_", "gho_", "ghu_", "ghs_", "ghr_"),
    GITHUB_FINE_GRAINED_TOKEN("GitHub token", Alphabet.URL, 40, "github_pat_"),
    GITLAB_TOKEN("GitLab token", Alphabet.URL, 20, "glpat-"),
    GOOGLE_API_KEY("Google API key", Alphabet.URL, 35, "AIza"),
    SLACK_TOKEN("Slack token", Alphabet.URL, 20, "xoxb-", "xoxp-", "xoxa-", "xoxs-", "xoxr-", "xapp-"),
    STRIPE_KEY("Stripe key", Alphabet.WORD, 24, "sk_live_", "rk_live_"),
    ANTHROPIC_KEY("Anthropic key", Alphabet.URL, 24, "sk-ant-"),
    OPENAI_KEY("OpenAI key", Alphabet.URL, 40, "sk-proj-"),
    NPM_TOKEN("npm token", Alphabet.WORD, 36, "npm_");

    private static final int ASCII = 128;
    private static final List<List<SecretShape>> BY_FIRST = byFirst();

    private final String title;
    private final Alphabet alphabet;
    private final int least;
    private final List<byte[]> prefixes;

    SecretShape(String title, Alphabet alphabet, int least, String... prefixes) {
        this.title = title;
        this.alphabet = alphabet;
        this.least = least;
        this.prefixes = Arrays.stream(prefixes)
                .map(prefix -> prefix.getBytes(StandardCharsets.US_ASCII))
                .toList();
    }

    /** What follows the prefix. */
    enum Alphabet {
        UPPER,
        WORD,
        URL;

        boolean has(byte character) {
            boolean upper = character >= 'A' && character <= 'Z' || character >= '0' && character <= '9';
            boolean lower = character >= 'a' && character <= 'z';
            return upper || this != UPPER && lower || this == URL && (character == '-' || character == '_');
        }
    }

    /** As people call it. */
    String title() {
        return title;
    }

    /** What may be shown of one: its beginning, which all of its kind share. */
    String shown(byte[] bytes, int at) {
        return prefixes.stream()
                .filter(prefix -> isAt(bytes, at, prefix))
                .map(prefix -> new String(prefix, StandardCharsets.US_ASCII) + "…")
                .findFirst()
                .orElse("…");
    }

    /** Whether a text holds one of any shape. */
    static boolean isIn(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < bytes.length; at++) {
            for (SecretShape shape : beginningWith(bytes[at])) {
                if (shape.lengthAt(bytes, at) > 0) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The shapes that begin with this byte. */
    static List<SecretShape> beginningWith(byte first) {
        return first < 0 ? List.of() : BY_FIRST.get(first);
    }

    /** How many bytes from {@code at} on have this shape; 0 when they have not. Looks at a bounded number when they have not. */
    int lengthAt(byte[] bytes, int at) {
        for (byte[] prefix : prefixes) {
            if (isAt(bytes, at, prefix)) {
                int end = at + prefix.length;
                while (end < bytes.length && alphabet.has(bytes[end])) {
                    end++;
                }
                return end - at - prefix.length >= least ? end - at : 0;
            }
        }
        return 0;
    }

    private static boolean isAt(byte[] bytes, int at, byte[] text) {
        return at + text.length <= bytes.length && Arrays.equals(bytes, at, at + text.length, text, 0, text.length);
    }

    private static List<List<SecretShape>> byFirst() {
        List<List<SecretShape>> table = new ArrayList<>();
        for (int first = 0; first < ASCII; first++) {
            int wanted = first;
            table.add(Arrays.stream(values())
                    .filter(shape -> shape.prefixes.stream().anyMatch(prefix -> prefix[0] == wanted))
                    .toList());
        }
        return List.copyOf(table);
    }
}
