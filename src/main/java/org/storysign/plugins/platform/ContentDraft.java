package org.storysign.plugins.platform;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.storysign.plugins.identity.UserId;
import org.storysign.plugins.problem.JsonFields;
import org.storysign.plugins.problem.ReadableText;

/**
 * What a piece of content says, as a guest or the product gives it.
 *
 * @param user whose it is; empty for what all of the tenant's users share
 * @param kind what it is, such as {@code story}; the product's own words
 * @param language ISO 639, two or three letters, which decides how its words are bent in searches; empty for none
 * @param title one line of 1 to {@link #LONGEST_TITLE} characters
 * @param text at most {@link #LARGEST_TEXT} bytes of UTF-8
 */
public record ContentDraft(Optional<UserId> user, String kind, String language, String title, String text) {

    public static final int LONGEST_TITLE = 200;
    public static final int LARGEST_TEXT = 64 << 10;

    private static final Pattern KIND = Pattern.compile("[a-z0-9][a-z0-9_.-]{0,63}");
    private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}");

    /** {@code "kind"}, {@code "language"?}, {@code "title"} and {@code "text"}; what is wrong is reported and then absent. */
    public static Optional<ContentDraft> read(JsonFields input, Optional<UserId> user) {
        input.require("kind", "title", "text");
        Optional<String> kind = kind(input);
        Optional<String> language = language(input);
        Optional<String> title = input.parsed(
                "title",
                found -> ReadableText.line(found, LONGEST_TITLE),
                "one line of 1 to " + LONGEST_TITLE + " readable characters");
        Optional<String> text = input.text("text").filter(found -> fits(input, found));
        return kind.isEmpty() || title.isEmpty() || text.isEmpty()
                ? Optional.empty()
                : Optional.of(new ContentDraft(user, kind.get(), language.orElse(""), title.get(), text.get()));
    }

    static Optional<String> kind(JsonFields input) {
        return input.parsed("kind", text -> Optional.of(text).filter(ContentDraft::isKind), KIND.pattern());
    }

    static Optional<String> language(JsonFields input) {
        return input.parsed(
                "language",
                text -> Optional.of(text).filter(ContentDraft::isLanguage),
                "two or three small letters, such as en");
    }

    public static boolean isKind(String text) {
        return KIND.matcher(text).matches();
    }

    public static boolean isLanguage(String text) {
        return LANGUAGE.matcher(text).matches();
    }

    private static boolean fits(JsonFields input, String text) {
        int size = text.getBytes(StandardCharsets.UTF_8).length;
        if (size > LARGEST_TEXT) {
            input.report("text", "has " + size + " bytes of UTF-8, expected at most " + LARGEST_TEXT);
        }
        return size <= LARGEST_TEXT;
    }
}
