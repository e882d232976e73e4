package org.storysign.plugins.platform;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How a notification or toast looks. */
public enum NoticeLevel {
    INFO,
    SUCCESS,
    WARNING,
    ERROR;

    /** The public names. */
    public static final List<String> NAMES =
            Arrays.stream(values()).map(NoticeLevel::publicName).toList();

    /** The public name, lower case. */
    public String publicName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<NoticeLevel> parse(String text) {
        return Arrays.stream(values())
                .filter(level -> level.publicName().equals(text))
                .findFirst();
    }
}
