package org.storysign.plugins.plugin;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.storysign.plugins.manifest.PluginManifest;
import org.storysign.plugins.permission.Permission;
import org.storysign.plugins.permission.PermissionName;
import org.storysign.plugins.platform.PlatformFunction;
import org.storysign.plugins.platform.PlatformGate;
import org.storysign.plugins.wasm.scan.KnownImports;
import org.storysign.plugins.wasm.scan.ModuleFacts;

/** Which permissions a module can use by what it imports: the functions of the gate, HTTP, and the paths of WASI. */
@Singleton
public final class ImportPowers {

    private static final String HTTP = KnownImports.EXTISM + ".http_request";
    private static final String PATHS = KnownImports.WASI + ".path_";
    private static final Set<PermissionName> FILES =
            Set.of(PermissionName.FILESYSTEM_READ, PermissionName.FILESYSTEM_WRITE);

    private final Map<String, Set<PermissionName>> platform = new HashMap<>();

    @Inject
    public ImportPowers(PlatformGate gate) {
        for (PlatformFunction function : gate.functions()) {
            platform.put(KnownImports.PLATFORM + "." + function.name(), function.anyOf());
        }
    }

    /** What the manifest asks for against what the module imports. */
    public PermissionUse use(PluginManifest manifest, ModuleFacts facts) {
        Map<PermissionName, List<String>> used = new EnumMap<>(PermissionName.class);
        manifest.permissions().stream()
                .map(Permission::name)
                .forEach(name -> used.put(name, users(name, manifest, facts)));
        List<PermissionUse.Undeclared> undeclared = facts.imports().stream()
                .filter(function -> !powers(function).isEmpty() && !function.startsWith(PATHS))
                .filter(function -> powers(function).stream().noneMatch(used::containsKey))
                .map(function -> new PermissionUse.Undeclared(function, powers(function), !function.equals(HTTP)))
                .toList();
        return new PermissionUse(used, undeclared);
    }

    private List<String> users(PermissionName name, PluginManifest manifest, ModuleFacts facts) {
        List<String> users = new ArrayList<>(facts.imports().stream()
                .filter(function -> powers(function).contains(name))
                .toList());
        if (name == PermissionName.MODIFY_UI && !manifest.uiComponents().isEmpty()) {
            users.add("ui_components");
        }
        return users;
    }

    /** Any of these lets a module call the function; empty when none is needed. */
    private Set<PermissionName> powers(String function) {
        if (function.equals(HTTP)) {
            return Set.of(PermissionName.NETWORK_ACCESS);
        }
        return function.startsWith(PATHS) ? FILES : platform.getOrDefault(function, Set.of());
    }
}
