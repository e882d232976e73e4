package org.storysign.plugins.permission;

import java.util.Optional;
import java.util.Set;

/** What a plugin asks for. */
public sealed interface Permission {

    PermissionName name();

    /** Why, in the author's words (guest text). */
    Optional<String> reason();

    /** Whether the plugin runs without it; its host functions then answer {@code permission-denied}. */
    boolean optional();

    /** A permission without parameters. */
    record Plain(PermissionName name, Optional<String> reason, boolean optional) implements Permission {}

    /**
     * {@code network:access}.
     *
     * @param hosts canonical host names, optionally with a port ({@code api.example.com:8443}); without one, 80 and 443
     * @param methods HTTP methods, upper case; empty means GET only
     */
    record Network(Set<String> hosts, Set<String> methods, Optional<String> reason, boolean optional)
            implements Permission {
        public Network {
            hosts = Set.copyOf(hosts);
            methods = methods.isEmpty() ? Set.of("GET") : Set.copyOf(methods);
        }

        @Override
        public PermissionName name() {
            return PermissionName.NETWORK_ACCESS;
        }
    }
}
