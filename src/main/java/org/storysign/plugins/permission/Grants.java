package org.storysign.plugins.permission;

import java.util.EnumSet;
import java.util.Set;

/**
 * What a plugin was given.
 *
 * @param names the permissions, {@link PermissionName#NETWORK_ACCESS} among them when it has hosts
 * @param hosts the hosts it may reach; empty without {@code network:access}
 * @param methods the HTTP methods it may use there
 */
public record Grants(Set<PermissionName> names, Set<String> hosts, Set<String> methods) {

    public static final Grants NONE = new Grants(Set.of(), Set.of(), Set.of());

    public Grants {
        names = Set.copyOf(names);
        hosts = Set.copyOf(hosts);
        methods = Set.copyOf(methods);
        if (names.contains(PermissionName.NETWORK_ACCESS) == hosts.isEmpty()) {
            throw new IllegalArgumentException("network:access is granted exactly when there are hosts");
        }
    }

    public static Grants of(PermissionName... names) {
        Set<PermissionName> set = EnumSet.noneOf(PermissionName.class);
        set.addAll(Set.of(names));
        return new Grants(set, Set.of(), Set.of());
    }

    public boolean allows(PermissionName name) {
        return names.contains(name);
    }

    /** Whether everything granted here is granted there too. */
    public boolean within(Grants other) {
        return other.names.containsAll(names) && other.hosts.containsAll(hosts) && other.methods.containsAll(methods);
    }
}
