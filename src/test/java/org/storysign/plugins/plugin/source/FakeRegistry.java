package org.storysign.plugins.plugin.source;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.storysign.plugins.identity.Digest;
import org.storysign.plugins.kit.FakeServer;
import org.storysign.plugins.plugin.PackageArchive;
import org.storysign.plugins.plugin.PluginPackage;

/** The pulling half of a registry with one repository, {@code team/plugin}, honest unless a test makes it otherwise. */
final class FakeRegistry implements AutoCloseable {

    static final String REPOSITORY = "team/plugin";

    private static final String CONFIG = "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":2}";

    final FakeServer server = new FakeServer();

    /** One layer of a manifest. */
    record Layer(String mediaType, byte[] content) {

        String json() {
            return "{\"mediaType\":\"" + mediaType + "\",\"digest\":\"" + Digest.of(content) + "\",\"size\":"
                    + content.length + "}";
        }
    }

    /** Keeps the layers and a manifest of them under the tag; gives the manifest's digest. */
    Digest push(String tag, String artifactType, String configType, List<Layer> layers) {
        layers.forEach(layer -> blob(Digest.of(layer.content()), layer.content()));
        return manifest(tag, manifestOf(artifactType, configType, layers, ""));
    }

    /** As {@code plugin push} does. */
    Digest push(String tag, PluginPackage content) {
        return push(
                tag,
                OciPackage.ARTIFACT,
                "application/vnd.oci.empty.v1+json",
                List.of(new Layer(OciPackage.ARCHIVE, PackageArchive.write(content))));
    }

    /** Keeps any text as the manifest of a tag; gives its digest. */
    Digest manifest(String tag, String manifest) {
        byte[] bytes = manifest.getBytes(StandardCharsets.UTF_8);
        server.on(manifestPath(tag), bytes);
        server.on(manifestPath(Digest.of(bytes).value()), bytes);
        return Digest.of(bytes);
    }

    void blob(Digest digest, byte[] content) {
        server.on(blobPath(digest), content);
    }

    static String manifestPath(String reference) {
        return "/v2/" + REPOSITORY + "/manifests/" + reference;
    }

    static String blobPath(Digest digest) {
        return "/v2/" + REPOSITORY + "/blobs/" + digest;
    }

    /** @param more members after the usual ones, beginning with a comma */
    static String manifestOf(String artifactType, String configType, List<Layer> layers, String more) {
        List<String> members = new ArrayList<>(List.of(
                "\"schemaVersion\":2",
                "\"mediaType\":\"" + OciArtifact.MEDIA_TYPE + "\"",
                "\"config\":" + CONFIG.formatted(configType, Digest.of("{}".getBytes(StandardCharsets.UTF_8))),
                "\"layers\":" + layers.stream().map(Layer::json).toList()));
        if (!artifactType.isEmpty()) {
            members.add("\"artifactType\":\"" + artifactType + "\"");
        }
        return "{" + String.join(",", members) + more + "}";
    }

    @Override
    public void close() {
        server.close();
    }
}
