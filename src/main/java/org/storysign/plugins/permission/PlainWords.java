package org.storysign.plugins.permission;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Says in plain words what a plugin could do: what an operator consents to. Each line follows "the plugin". */
public final class PlainWords {

    private PlainWords() {}

    /** What {@code now} lets a plugin do that {@code before} did not; empty when nothing is wider. */
    public static List<String> wider(Grants before, Grants now) {
        List<String> lines = new ArrayList<>();
        Arrays.stream(PermissionName.values())
                .filter(name -> name != PermissionName.NETWORK_ACCESS && now.allows(name) && !before.allows(name))
                .forEach(name -> lines.add("can " + name.lets()));
        network(before, now, lines);
        List<DangerousCombination> known = DangerousCombination.among(before.names());
        DangerousCombination.among(now.names()).stream()
                .filter(danger -> danger.isPair() && (!known.contains(danger) || reachesFurther(danger, before, now)))
                .forEach(danger -> lines.add("together: " + danger.warning()));
        return lines;
    }

    /** What grants let a plugin do. */
    public static List<String> of(Grants grants) {
        return wider(Grants.NONE, grants);
    }

    private static boolean reachesFurther(DangerousCombination danger, Grants before, Grants now) {
        return danger.names().contains(PermissionName.NETWORK_ACCESS)
                && !before.hosts().containsAll(now.hosts());
    }

    private static void network(Grants before, Grants now, List<String> lines) {
        Set<String> newHosts = without(now.hosts(), before.hosts());
        Set<String> newMethods = without(now.methods(), before.methods());
        if (!newHosts.isEmpty()) {
            lines.add("can send " + list(now.methods()) + " requests to " + list(newHosts));
        }
        Set<String> oldHosts = new HashSet<>(now.hosts());
        oldHosts.removeAll(newHosts);
        if (!newMethods.isEmpty() && !oldHosts.isEmpty()) {
            lines.add("can send " + list(newMethods) + " requests to " + list(oldHosts));
        }
    }

    private static Set<String> without(Set<String> all, Set<String> known) {
        Set<String> rest = new HashSet<>(all);
        rest.removeAll(known);
        return rest;
    }

    private static String list(Collection<String> values) {
        return String.join(", ", new TreeSet<>(values));
    }
}
