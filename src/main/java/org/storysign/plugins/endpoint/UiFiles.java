package org.storysign.plugins.endpoint;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.storysign.plugins.identity.Digest;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.manifest.UiComponent;
import org.storysign.plugins.permission.PermissionName;
import org.storysign.plugins.plugin.EnabledPlugin;
import org.storysign.plugins.plugin.PluginCatalog;
import org.storysign.plugins.plugin.PluginStore;

/**
 * The user interface of plugins that are enabled and were granted {@code modify:ui}. Its files are public to whoever knows the digest of
 * their package, which names manifest, module and every file; nothing else of a package is. Safe for concurrent use.
 */
@Singleton
public final class UiFiles {

    /** By the ending of a file's name; what ends otherwise is not served. */
    private static final Map<String, String> MEDIA_TYPES = Map.ofEntries(
            Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("js", "text/javascript; charset=utf-8"),
            Map.entry("mjs", "text/javascript; charset=utf-8"),
            Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("txt", "text/plain; charset=utf-8"),
            Map.entry("json", "application/json"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("jpeg", "image/jpeg"),
            Map.entry("gif", "image/gif"),
            Map.entry("webp", "image/webp"),
            Map.entry("avif", "image/avif"),
            Map.entry("woff2", "font/woff2"),
            Map.entry("mp3", "audio/mpeg"),
            Map.entry("mp4", "video/mp4"),
            Map.entry("webm", "video/webm"));

    private final PluginCatalog catalog;
    private final PluginStore store;

    @Inject
    public UiFiles(PluginCatalog catalog, PluginStore store) {
        this.catalog = catalog;
        this.store = store;
    }

    /** A component and the package it comes from. */
    public record Offered(PluginId plugin, String version, Digest packageDigest, UiComponent component) {}

    /** A file's bytes and what they are. */
    public record UiFile(byte[] content, String mediaType) {}

    /** What the tenant's plugins bring, by plugin id and as each manifest orders it. */
    public List<Offered> components(TenantId tenant) {
        return catalog.current(tenant).all().stream()
                .filter(UiFiles::mayShow)
                .sorted(Comparator.comparing(
                        (EnabledPlugin each) -> each.plugin().id()))
                .map(UiFiles::offered)
                .flatMap(Collection::stream)
                .toList();
    }

    /** A file that lies beside a component's source or below; empty when nobody serves it. */
    public Uni<Optional<UiFile>> file(Digest packageDigest, String path) {
        Optional<EnabledPlugin> plugin =
                catalog.serving(packageDigest).filter(UiFiles::mayShow).filter(each -> isUi(each, path));
        Optional<String> mediaType = Optional.ofNullable(MEDIA_TYPES.get(path.substring(path.lastIndexOf('.') + 1)));
        if (plugin.isEmpty() || mediaType.isEmpty()) {
            return Uni.createFrom().item(Optional.empty());
        }
        Digest digest = Objects.requireNonNull(
                plugin.get().plugin().active().manifest().files().get(path));
        return store.file(plugin.get().plugin().tenant(), digest)
                .map(found -> found.map(content -> new UiFile(content, mediaType.get())));
    }

    private static boolean mayShow(EnabledPlugin plugin) {
        return plugin.plugin().grants().names().contains(PermissionName.MODIFY_UI);
    }

    private static List<Offered> offered(EnabledPlugin each) {
        var release = each.plugin().active();
        return release.manifest().uiComponents().stream()
                .map(component -> new Offered(
                        each.plugin().id(), release.manifest().version().value(), release.packageDigest(), component))
                .toList();
    }

    private static boolean isUi(EnabledPlugin plugin, String path) {
        var manifest = plugin.plugin().active().manifest();
        return manifest.files().containsKey(path)
                && manifest.uiComponents().stream()
                        .map(UiComponent::source)
                        .anyMatch(source -> path.startsWith(source.substring(0, source.lastIndexOf('/') + 1)));
    }
}
