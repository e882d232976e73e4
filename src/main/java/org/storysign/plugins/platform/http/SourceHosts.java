package org.storysign.plugins.platform.http;

import java.util.Locale;
import java.util.Set;

/**
 * Which servers packages may be fetched from. Each is named as in a URL, {@code host} or {@code host:port}; {@code *.host} stands for
 * every name below it.
 *
 * @param listed every server that may be asked, redirects included
 * @param inside those that may have addresses which are not public
 * @param plain those that may be asked by http
 */
public record SourceHosts(Set<String> listed, Set<String> inside, Set<String> plain) {

    /** None. */
    public static final SourceHosts NONE = new SourceHosts(Set.of(), Set.of(), Set.of());

    public SourceHosts {
        listed = Set.copyOf(listed);
        inside = Set.copyOf(inside);
        plain = Set.copyOf(plain);
    }

    /** Whether a server may be asked, by {@code https} at least. */
    public boolean lists(String authority) {
        return has(listed, authority);
    }

    /** Whether a server may have an address that is not public. */
    boolean isInside(String authority) {
        return has(inside, authority);
    }

    /** Whether a server may be asked by http. */
    public boolean isPlain(String authority) {
        return has(plain, authority);
    }

    private static boolean has(Set<String> names, String authority) {
        String name = authority.toLowerCase(Locale.ROOT);
        if (names.contains(name)) {
            return true;
        }
        for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
            if (names.contains("*" + name.substring(dot))) {
                return true;
            }
        }
        return false;
    }
}
