package org.storysign.plugins.rest.plugins;

import java.util.List;
import org.storysign.plugins.permission.Grants;
import org.storysign.plugins.permission.PermissionName;

/** What a plugin was given, sorted. */
public record GrantsView(List<String> permissions, List<String> hosts, List<String> methods) {

    static GrantsView of(Grants grants) {
        return new GrantsView(
                grants.names().stream().map(PermissionName::publicName).sorted().toList(),
                grants.hosts().stream().sorted().toList(),
                grants.methods().stream().sorted().toList());
    }
}
