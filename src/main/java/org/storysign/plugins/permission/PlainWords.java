package org.storysign.plugins.permission;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.storysign.plugins.permission.ConsentChange.Kind;
import org.storysign.plugins.problem.GuestText;

/** Says in plain words what a plugin could do: what an operator consents to. Each line follows "the plugin". */
public final class PlainWords {

    private final List<Permission> asked;

    /** @param asked the permissions of the manifest, whose author's reasons are quoted */
    public PlainWords(List<Permission> asked) {
        this.asked = List.copyOf(asked);
    }

    /** What grants let a plugin do, no reasons given. */
    public static List<String> of(Grants grants) {
        return new PlainWords(List.of())
                .changes(Grants.NONE, grants).stream().map(ConsentChange::words).toList();
    }

    /** What {@code now} lets a plugin do that {@code before} did not, and then what it no longer lets it do. */
    public List<ConsentChange> changes(Grants before, Grants now) {
        List<ConsentChange> changes = new ArrayList<>();
        plain(before, now)
                .forEach(name -> changes.add(ConsentChange.wider(
                        Kind.ADDED, "permission", List.of(name.publicName()), "can " + name.lets() + reason(name))));
        network(before, now, changes);
        combinations(before, now, changes);
        plain(now, before)
                .forEach(name -> changes.add(ConsentChange.narrower(
                        Kind.REMOVED, "permission", List.of(name.publicName()), "can no longer " + name.lets())));
        lessNetwork(before, now, changes);
        return changes;
    }

    private static List<PermissionName> plain(Grants without, Grants with) {
        return Arrays.stream(PermissionName.values())
                .filter(name -> name != PermissionName.NETWORK_ACCESS && with.allows(name) && !without.allows(name))
                .toList();
    }

    private void network(Grants before, Grants now, List<ConsentChange> changes) {
        Set<String> newHosts = without(now.hosts(), before.hosts());
        Set<String> oldHosts = without(now.hosts(), newHosts);
        Set<String> newMethods = without(now.methods(), before.methods());
        if (!newHosts.isEmpty()) {
            Kind kind = before.hosts().isEmpty() ? Kind.ADDED : Kind.WIDER;
            changes.add(ConsentChange.wider(
                    kind,
                    kind == Kind.ADDED ? "permission" : "hosts",
                    kind == Kind.ADDED ? List.of(PermissionName.NETWORK_ACCESS.publicName()) : sorted(newHosts),
                    sends(newHosts, now.methods()) + reason(PermissionName.NETWORK_ACCESS)));
        }
        if (!newMethods.isEmpty() && !oldHosts.isEmpty()) {
            changes.add(ConsentChange.wider(Kind.WIDER, "methods", sorted(newMethods), sends(oldHosts, newMethods)));
        }
    }

    private static String sends(Set<String> hosts, Set<String> methods) {
        return "can send data to " + list(hosts) + " and read the answers (" + list(methods) + ")";
    }

    private static void combinations(Grants before, Grants now, List<ConsentChange> changes) {
        List<DangerousCombination> known = DangerousCombination.among(before.names());
        DangerousCombination.among(now.names()).stream()
                .filter(danger -> danger.isPair() && (!known.contains(danger) || reachesFurther(danger, before, now)))
                .forEach(danger -> changes.add(ConsentChange.wider(
                        known.contains(danger) ? Kind.WIDER : Kind.ADDED,
                        "combination",
                        danger.names().stream()
                                .map(PermissionName::publicName)
                                .sorted()
                                .toList(),
                        "together: " + danger.warning(now.hosts()))));
    }

    private static boolean reachesFurther(DangerousCombination danger, Grants before, Grants now) {
        return danger.isOfHosts() && !before.hosts().containsAll(now.hosts());
    }

    private static void lessNetwork(Grants before, Grants now, List<ConsentChange> changes) {
        Set<String> lost = without(before.hosts(), now.hosts());
        Set<String> kept = without(before.hosts(), lost);
        Set<String> methods = without(before.methods(), now.methods());
        if (!lost.isEmpty()) {
            boolean all = now.hosts().isEmpty();
            changes.add(ConsentChange.narrower(
                    all ? Kind.REMOVED : Kind.NARROWER,
                    all ? "permission" : "hosts",
                    all ? List.of(PermissionName.NETWORK_ACCESS.publicName()) : sorted(lost),
                    "can no longer reach " + list(lost)));
        }
        if (!methods.isEmpty() && !kept.isEmpty()) {
            changes.add(ConsentChange.narrower(
                    Kind.NARROWER,
                    "methods",
                    sorted(methods),
                    "can no longer send " + list(methods) + " requests to " + list(kept)));
        }
    }

    /** What the author says of it, as the author's. */
    private String reason(PermissionName name) {
        return asked.stream()
                .filter(permission -> permission.name() == name)
                .map(Permission::reason)
                .flatMap(Optional::stream)
                .map(reason -> " (its author says: " + GuestText.quote(reason.replace('\n', ' ')) + ")")
                .collect(Collectors.joining());
    }

    private static Set<String> without(Set<String> all, Set<String> known) {
        Set<String> rest = new HashSet<>(all);
        rest.removeAll(known);
        return rest;
    }

    private static List<String> sorted(Collection<String> values) {
        return List.copyOf(new TreeSet<>(values));
    }

    private static String list(Collection<String> values) {
        return String.join(", ", new TreeSet<>(values));
    }
}
