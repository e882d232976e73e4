package org.storysign.plugins.plugin;

import java.util.Optional;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.permission.PermissionName;

/**
 * Which plugins to list.
 *
 * @param state public name of a state
 * @param text part of the id, name or description, in any case
 * @param permission asked for by the manifest
 * @param after the last id of the page before
 * @param limit 1 to 200
 */
public record PluginFilter(
        Optional<String> state,
        Optional<String> text,
        Optional<PermissionName> permission,
        Optional<PluginId> after,
        int limit) {

    public static final int LARGEST_PAGE = 200;

    public PluginFilter {
        if (limit < 1 || limit > LARGEST_PAGE) {
            throw new IllegalArgumentException("limit is not between 1 and " + LARGEST_PAGE);
        }
    }

    public static PluginFilter all(int limit) {
        return new PluginFilter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), limit);
    }
}
