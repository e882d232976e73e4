package org.storysign.plugins.permission;

import java.net.IDN;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A host a plugin may reach, in the one form in which it can be compared: lower-case ASCII (international names as punycode), at least
 * two labels, no wildcard, no user, no trailing dot, and a port where it is not the scheme's own. Addresses are allowed only
 * as public IPv4 in dotted decimals. Whether a name leads to a private address is checked when it is resolved, not here.
 */
public record AllowedHost(String value) {

    /** What to write, for messages. */
    public static final String EXPECTED =
            "a full lower-case host name such as `api.example.com`, optionally with a port, no wildcard, no private address";

    private static final int LONGEST = 253;
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern PORT = Pattern.compile("[1-9][0-9]{0,4}");
    private static final Pattern NUMERIC = Pattern.compile("[0-9]+|0x[0-9a-f]*");
    private static final Pattern OCTET = Pattern.compile("0|[1-9][0-9]{0,2}");
    /** Names that never lead to the public Internet. */
    private static final Set<String> LOCAL_SUFFIXES = Set.of(
            "localhost",
            "local",
            "internal",
            "intranet",
            "lan",
            "home",
            "corp",
            "test",
            "invalid",
            "onion",
            "arpa",
            "svc");

    public AllowedHost {
        if (!isCanonical(value)) {
            throw new IllegalArgumentException("not a canonical host");
        }
    }

    public static Optional<AllowedHost> parse(String text) {
        return isCanonical(text) ? Optional.of(new AllowedHost(text)) : Optional.empty();
    }

    private static boolean isCanonical(String text) {
        int colon = text.indexOf(':');
        if (colon >= 0 && !isPort(text.substring(colon + 1))) {
            return false;
        }
        String host = colon < 0 ? text : text.substring(0, colon);
        List<String> labels = Arrays.asList(host.split("\\.", -1));
        if (host.length() > LONGEST || labels.size() < 2) {
            return false;
        }
        return NUMERIC.matcher(labels.getLast()).matches() ? isPublicAddress(labels) : isPublicName(host, labels);
    }

    private static boolean isPort(String text) {
        return PORT.matcher(text).matches() && Integer.parseInt(text) <= 65_535;
    }

    private static boolean isPublicName(String host, List<String> labels) {
        return labels.stream().allMatch(label -> LABEL.matcher(label).matches() && isCanonicalLabel(label))
                && !LOCAL_SUFFIXES.contains(labels.getLast())
                && !host.endsWith(".cluster.local");
    }

    /** Hyphens at places three and four are for punycode only, and it must come back as it went. */
    private static boolean isCanonicalLabel(String label) {
        if (!label.startsWith("--", 2)) {
            return true;
        }
        if (!label.startsWith("xn--")) {
            return false;
        }
        String decoded = IDN.toUnicode(label);
        if (decoded.equals(label)) {
            return false;
        }
        try {
            return IDN.toASCII(decoded).equals(label);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Source: IANA's IPv4 special-purpose registry. */
    private static boolean isPublicAddress(List<String> labels) {
        if (labels.size() != 4
                || !labels.stream().allMatch(label -> OCTET.matcher(label).matches())) {
            return false;
        }
        int[] octets = labels.stream().mapToInt(Integer::parseInt).toArray();
        int first = octets[0];
        int second = octets[1];
        boolean inRange = Arrays.stream(octets).allMatch(octet -> octet <= 255);
        boolean isPrivate =
                first == 10 || first == 172 && second >= 16 && second <= 31 || first == 192 && second == 168;
        boolean isLocal = first == 0 || first == 127 || first == 169 && second == 254;
        boolean isShared =
                first == 100 && second >= 64 && second <= 127 || first == 198 && (second == 18 || second == 19);
        boolean isSpecial = first == 192 && second == 0 || first == 198 && second == 51 || first == 203 && second == 0;
        return inRange && !isPrivate && !isLocal && !isShared && !isSpecial && first < 224;
    }

    @Override
    public String toString() {
        return value;
    }
}
