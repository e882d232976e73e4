package org.storysign.plugins.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.storysign.plugins.identity.Digest;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.permission.Permission;

/**
 * What a plugin says about itself. Made by {@code ManifestReader}, which has checked every part.
 *
 * @param about what people read
 * @param entryPoint the module's file name in the package
 * @param digest the module's digest, when the manifest names it
 * @param files the package's other files and their digests
 * @param minPlatformVersion the least version of this service it runs on
 * @param supportedModules the product's modules it is meant for; empty for all
 * @param dependencies other plugins it needs, with version ranges
 * @param configSchema JSON Schema 2020-12 of its configuration; an empty object when it has none
 * @param source the manifest as it was given, for GET and for the package digest
 */
public record PluginManifest(
        PluginId id,
        Version version,
        About about,
        String entryPoint,
        Optional<Digest> digest,
        Map<String, Digest> files,
        Optional<Version> minPlatformVersion,
        Set<String> supportedModules,
        Map<PluginId, String> dependencies,
        List<Permission> permissions,
        List<HookSubscription> hooks,
        List<UiComponent> uiComponents,
        List<EndpointDeclaration> endpoints,
        JsonNode configSchema,
        SandboxConfig sandbox,
        RequestedLimits limits,
        Lifecycle lifecycle,
        JsonNode source) {

    public PluginManifest {
        files = Map.copyOf(files);
        supportedModules = Set.copyOf(supportedModules);
        dependencies = Map.copyOf(dependencies);
        permissions = List.copyOf(permissions);
        hooks = List.copyOf(hooks);
        uiComponents = List.copyOf(uiComponents);
        endpoints = List.copyOf(endpoints);
    }

    /** What people read; all of it is guest text. */
    public record About(
            String name, String description, String author, Optional<String> license, Optional<String> homepage) {}
}
