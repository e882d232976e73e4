package org.storysign.plugins.manifest;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.semver4j.range.RangeListFactory;

/** The forms that names, paths and ranges of a manifest must have. Each gives the text back, or empty. */
final class ManifestForms {

    static final String FILE = "a relative path such as `ui/progress.html`, at most 200 characters";
    static final String MODULE_FILE = "the module's file in the package, such as `plugin.wasm`";
    static final String NAME = "a name that matches [a-z0-9][a-z0-9_-]{0,62}";
    static final String DOTTED_NAME = "a name that matches [a-z0-9][a-z0-9_.-]{0,99}";
    static final String EXPORT = "the name of an exported function: 1 to 100 of A-Z, a-z, 0-9 and _.:$-";
    static final String TARGET = "1 to 200 visible ASCII characters";
    static final String ENDPOINT_PATH =
            "a path such as `/reports/{year}`: /, segments of A-Z, a-z, 0-9 and ._~- or {parameter}, at most 200 characters";
    static final String RANGE = "a range of versions such as `^1.2.0`";
    static final String LICENSE = "an SPDX expression such as `Apache-2.0`";
    static final String HOMEPAGE = "an https or http address, at most 500 characters";

    private static final int LONGEST_PATH = 200;
    private static final int LONGEST_ADDRESS = 500;
    private static final Pattern FILE_FORM =
            Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*(/[A-Za-z0-9_][A-Za-z0-9._-]*)*");
    private static final Pattern NAME_FORM = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}");
    private static final Pattern DOTTED_FORM = Pattern.compile("[a-z0-9][a-z0-9_.-]{0,99}");
    private static final Pattern EXPORT_FORM = Pattern.compile("[A-Za-z0-9_.:$-]{1,100}");
    private static final Pattern TARGET_FORM = Pattern.compile("[!-~]{1,200}");
    private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9._~-]+");
    private static final Pattern PARAMETER = Pattern.compile("\\{[a-z][a-z0-9_]{0,30}}");
    private static final Pattern RANGE_FORM = Pattern.compile("[0-9A-Za-z.^~<>=|*+ -]{1,100}");
    private static final Pattern LICENSE_FORM = Pattern.compile("[A-Za-z0-9.+() -]{1,100}");

    private ManifestForms() {}

    static Optional<String> file(String text) {
        boolean good = text.length() <= LONGEST_PATH
                && FILE_FORM.matcher(text).matches()
                && Arrays.stream(text.split("/")).noneMatch(segment -> segment.endsWith("."));
        return good ? Optional.of(text) : Optional.empty();
    }

    static Optional<String> moduleFile(String text) {
        return file(text).filter(path -> path.endsWith(".wasm"));
    }

    static Optional<String> name(String text) {
        return matching(NAME_FORM, text);
    }

    static Optional<String> dottedName(String text) {
        return matching(DOTTED_FORM, text);
    }

    static Optional<String> export(String text) {
        return matching(EXPORT_FORM, text);
    }

    static Optional<String> target(String text) {
        return matching(TARGET_FORM, text);
    }

    static Optional<String> license(String text) {
        return matching(LICENSE_FORM, text);
    }

    static Optional<String> range(String text) {
        return matching(RANGE_FORM, text).filter(ManifestForms::isRange);
    }

    /** A path whose parameters have different names; no dot segments, no slash at its end. */
    static Optional<String> endpointPath(String text) {
        if (text.length() > LONGEST_PATH || text.length() < 2 || !text.startsWith("/")) {
            return Optional.empty();
        }
        Set<String> parameters = new HashSet<>();
        for (String segment : text.substring(1).split("/", -1)) {
            boolean parameter = PARAMETER.matcher(segment).matches();
            if (parameter ? !parameters.add(segment) : !isPlainSegment(segment)) {
                return Optional.empty();
            }
        }
        return Optional.of(text);
    }

    static Optional<String> homepage(String text) {
        if (text.length() > LONGEST_ADDRESS
                || !TARGET_FORM
                        .matcher(text.substring(0, Math.min(200, text.length())))
                        .matches()) {
            return Optional.empty();
        }
        try {
            URI address = new URI(text);
            String scheme =
                    address.getScheme() == null ? "" : address.getScheme().toLowerCase(Locale.ROOT);
            boolean good = Set.of("http", "https").contains(scheme)
                    && address.getHost() != null
                    && address.getUserInfo() == null;
            return good && text.chars().allMatch(character -> character < 0x7F) ? Optional.of(text) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static boolean isPlainSegment(String segment) {
        return SEGMENT.matcher(segment).matches() && !segment.equals(".") && !segment.equals("..");
    }

    private static boolean isRange(String text) {
        try {
            return !text.isBlank() && !RangeListFactory.create(text).get().isEmpty();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static Optional<String> matching(Pattern form, String text) {
        return form.matcher(text).matches() ? Optional.of(text) : Optional.empty();
    }
}
