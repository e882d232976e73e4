package org.storysign.plugins.permission;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Permissions that together do more harm than each alone: one that reads what is private, one that lets it out (contract,
 * section 7).
 *
 * @param names what makes it dangerous; empty for {@link #manyPermissions}
 * @param warning what it means, in plain words
 */
public record DangerousCombination(Set<PermissionName> names, String warning) {

    /** More permissions than this are worth a second look. */
    public static final int MANY = 5;

    /** Stands in a warning where the hosts are that it is about. */
    private static final String HOSTS = "other servers";

    private static final List<DangerousCombination> PAIRS = List.of(
            pair(
                    PermissionName.NETWORK_ACCESS,
                    PermissionName.READ_USER_DATA,
                    "can read users' profiles, progress, content and analytics and send them to " + HOSTS),
            pair(
                    PermissionName.ACCESS_AI_SERVICES,
                    PermissionName.READ_USER_DATA,
                    "can read users' profiles, progress, content and analytics and hand them to AI services"),
            pair(
                    PermissionName.MODIFY_UI,
                    PermissionName.READ_USER_DATA,
                    "can read users' profiles, progress, content and analytics and show them to other users"),
            pair(
                    PermissionName.FILESYSTEM_WRITE,
                    PermissionName.NETWORK_ACCESS,
                    "can fetch files from " + HOSTS + " and keep them"));

    public DangerousCombination {
        names = Set.copyOf(names);
    }

    /** Every dangerous combination among these permissions. */
    public static List<DangerousCombination> among(Set<PermissionName> names) {
        Stream<DangerousCombination> pairs = PAIRS.stream().filter(pair -> names.containsAll(pair.names));
        return names.size() > MANY
                ? Stream.concat(pairs, Stream.of(manyPermissions(names.size()))).toList()
                : pairs.toList();
    }

    /** {@link #warning} with these hosts by name. */
    public String warning(Set<String> hosts) {
        return hosts.isEmpty() ? warning : warning.replace(HOSTS, String.join(", ", new TreeSet<>(hosts)));
    }

    /** Whether it is about the network. */
    boolean isOfHosts() {
        return names.contains(PermissionName.NETWORK_ACCESS);
    }

    /** Whether it is one of the pairs that strict levels refuse, and not only a warning. */
    public boolean isPair() {
        return !names.isEmpty();
    }

    private static DangerousCombination pair(PermissionName one, PermissionName other, String warning) {
        return new DangerousCombination(Set.of(one, other), warning);
    }

    private static DangerousCombination manyPermissions(int count) {
        return new DangerousCombination(Set.of(), "has " + count + " permissions, more than " + MANY);
    }
}
