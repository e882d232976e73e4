package org.storysign.plugins.kit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.storysign.plugins.identity.Digest;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.manifest.ManifestReader;
import org.storysign.plugins.manifest.PluginManifest;
import org.storysign.plugins.permission.Grants;
import org.storysign.plugins.plugin.CatalogSnapshot;
import org.storysign.plugins.plugin.EnabledPlugin;
import org.storysign.plugins.plugin.Plugin;
import org.storysign.plugins.plugin.PluginState;
import org.storysign.plugins.plugin.Release;
import org.storysign.plugins.sandbox.HttpAccess;
import org.storysign.plugins.wasm.scan.ScanReport;

/** Enabled plugins out of a hook subscription and a module in the text format, without a store. */
public final class EnabledPlugins {

    private EnabledPlugins() {}

    /** A plugin with one subscription, given as the inside of its JSON object without name and handler. */
    public static EnabledPlugin of(TestSandbox sandbox, String id, String subscription, String wat) {
        return of(sandbox, id, subscription, "", wat);
    }

    /** As above, with further fields of the manifest, such as {@code "supported_modules":["a"],}. */
    public static EnabledPlugin of(TestSandbox sandbox, String id, String subscription, String fields, String wat) {
        PluginManifest manifest = new ManifestReader()
                .read("""
                        {"manifest_version":1,"id":"%s","name":"A plugin","version":"1.0.0","description":"For tests",
                         "author":"tests","entry_point":"plugin.wasm",%s
                         "hooks":[{"name":"story","handler":"handle",%s}]}""".formatted(id, fields, subscription).getBytes(StandardCharsets.UTF_8));
        Digest digest = Digest.of(wat.getBytes(StandardCharsets.UTF_8));
        Release release = new Release(manifest, digest, digest, new ScanReport(List.of()), Instant.EPOCH, "tests");
        Plugin plugin = new Plugin(
                TenantId.DEFAULT,
                manifest.id(),
                new PluginState.Enabled(),
                1,
                release,
                Grants.NONE,
                SecurityLevel.STANDARD,
                Optional.empty(),
                JsonNodeFactory.instance.objectNode().put("word", "frog"),
                1,
                Instant.EPOCH,
                Instant.EPOCH);
        return new EnabledPlugin(
                plugin, SecurityLevel.STANDARD.limits(), sandbox.module(wat), List.of(), HttpAccess.NONE);
    }

    /** The same, of which nothing counts. */
    public static EnabledPlugin observed(EnabledPlugin plugin) {
        return new EnabledPlugin(
                plugin.plugin().with(Plugin.Mode.OBSERVE),
                plugin.limits(),
                plugin.module(),
                plugin.functions(),
                plugin.http());
    }

    public static CatalogSnapshot snapshot(EnabledPlugin... plugins) {
        return new CatalogSnapshot(
                TenantId.DEFAULT,
                1,
                Map.copyOf(List.of(plugins).stream()
                        .collect(Collectors.toMap(plugin -> plugin.plugin().id(), Function.identity()))));
    }
}
