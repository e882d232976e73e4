package org.storysign.plugins.plugin;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.storysign.plugins.permission.PermissionName;

/**
 * What a manifest asks for held against what its module imports.
 *
 * @param used for each permission that was asked for, what can use it: imports, or {@code ui_components}; empty when nothing can
 * @param undeclared imports for which no permission was asked, in the module's order
 */
public record PermissionUse(Map<PermissionName, List<String>> used, List<Undeclared> undeclared) {

    /** Of a module nothing is known of. */
    static final PermissionUse UNKNOWN = new PermissionUse(Map.of(), List.of());

    public PermissionUse {
        used = Map.copyOf(used);
        undeclared = List.copyOf(undeclared);
    }

    /**
     * An import nobody asked a permission for.
     *
     * @param anyOf any of these would do
     * @param stops whether the plugin cannot be enabled for it; otherwise calls of it are denied
     */
    public record Undeclared(String function, Set<PermissionName> anyOf, boolean stops) {}

    /** Permissions that were asked for and that nothing can use, in their order. */
    public List<PermissionName> excess() {
        return used.entrySet().stream()
                .filter(asked -> asked.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    List<String> users(PermissionName name) {
        return Optional.ofNullable(used.get(name)).orElse(List.of());
    }
}
