package org.storysign.plugins.identity;

import java.util.Set;

/**
 * Who does something through the management API.
 *
 * @param name what the audit trail calls them, such as {@code key:ci} or {@code system:discovery}
 * @param tenant whose things they act on
 * @param roles what they may do; {@link Role#ADMIN} implies every other role
 */
public record Actor(String name, TenantId tenant, Set<Role> roles) {

    public Actor {
        roles = Set.copyOf(roles);
    }

    public boolean has(Role role) {
        return roles.contains(role) || roles.contains(Role.ADMIN);
    }
}
