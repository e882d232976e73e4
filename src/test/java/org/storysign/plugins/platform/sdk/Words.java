package org.storysign.plugins.platform.sdk;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Names as languages write them, and prose in their comments. */
final class Words {

    private Words() {}

    /** {@code storage_get} → {@code StorageGet}. */
    static String upperCamel(String name) {
        return Arrays.stream(name.split("_")).map(Words::capitalised).collect(Collectors.joining());
    }

    /** {@code storage_get} → {@code storageGet}. */
    static String lowerCamel(String name) {
        String upper = upperCamel(name);
        return Character.toLowerCase(upper.charAt(0)) + upper.substring(1);
    }

    /** {@code data-invalid} → {@code DATA_INVALID}. */
    static String constant(String code) {
        return code.replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /** {@code reads a value} → {@code Reads a value}. */
    static String capitalised(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    /** {@code Reads a value.} → {@code reads a value.} */
    static String uncapitalised(String text) {
        return Character.toLowerCase(text.charAt(0)) + text.substring(1);
    }

    /** {@code a}, {@code b} and {@code c}, each between backticks. */
    static String quoted(List<String> names, String last) {
        List<String> quoted = names.stream().map(name -> "`" + name + "`").toList();
        return quoted.size() < 2
                ? String.join("", quoted)
                : String.join(", ", quoted.subList(0, quoted.size() - 1)) + " " + last + " " + quoted.getLast();
    }

    /** Lines that each begin with {@code prefix} and have at most {@code width} characters where words allow it. */
    static String wrapped(String prefix, String text, int width) {
        StringBuilder lines = new StringBuilder();
        StringBuilder line = new StringBuilder(prefix);
        for (String word : text.split(" ")) {
            if (line.length() > prefix.length() && line.length() + 1 + word.length() > width) {
                lines.append(line).append('\n');
                line = new StringBuilder(prefix);
            }
            line.append(line.length() > prefix.length() ? " " : "").append(word);
        }
        return lines.append(line).append('\n').toString();
    }
}
