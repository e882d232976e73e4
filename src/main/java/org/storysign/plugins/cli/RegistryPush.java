package org.storysign.plugins.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import land.oras.ArtifactType;
import land.oras.Config;
import land.oras.ContainerRef;
import land.oras.Layer;
import land.oras.Manifest;
import land.oras.Registry;
import land.oras.exception.OrasException;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.identity.Digest;
import org.storysign.plugins.manifest.ManifestReader;
import org.storysign.plugins.manifest.PluginManifest;
import org.storysign.plugins.plugin.PackageArchive;
import org.storysign.plugins.plugin.PluginPackage;
import org.storysign.plugins.plugin.source.OciPackage;
import org.storysign.plugins.plugin.source.OciReference;
import picocli.CommandLine.Option;

/** How a package gets into a registry, by ORAS, and what the command is told of it. */
final class RegistryPush {

    /** What a registry's artifact begins with. */
    static final String SCHEME = "oci://";

    /** The same package has the same digest, whenever it is pushed. */
    private static final String ALWAYS = "1970-01-01T00:00:00Z";

    /** What goes wrong is told in one sentence, not by the client's log. Held, so that it stays as it is set. */
    private static final Logger CLIENT_LOG = Logger.getLogger("land.oras");

    @Option(
            names = "--username",
            paramLabel = "NAME",
            description = "For the registry; when it is not said, what docker login left behind.")
    private @Nullable String username;

    @Option(names = "--password-file", paramLabel = "FILE", description = "Holds that name's password.")
    private @Nullable Path passwordFile;

    @Option(names = "--plain-http", description = "Speaks to the registry by http.")
    private boolean plainHttp;

    /** The artifact's name with its tag and digest. Throws {@link CommandMisused} when the registry does not take it. */
    String push(String target, PluginPackage content) {
        OciReference reference = OciReference.parse(target.substring(SCHEME.length()))
                .filter(name -> name.tag().isPresent() && name.digest().isEmpty())
                .orElseThrow(() -> new CommandMisused(target
                        + " is no artifact's name, expected one such as oci://registry.example/plugins/quiz:1.2.0."));
        PluginManifest manifest = new ManifestReader().read(content.manifest());
        try {
            Registry registry = registry(reference.registry());
            ContainerRef name = ContainerRef.parse(reference.toString());
            byte[] zip = PackageArchive.write(content);
            registry.pushBlob(name, zip);
            // What pushBlob answers would put the content into the manifest a second time.
            Layer layer = Layer.fromDigest(Digest.of(zip).value(), zip.length)
                    .withMediaType(OciPackage.ARCHIVE)
                    .withAnnotations(Map.of(
                            "org.opencontainers.image.title",
                            manifest.id() + "-" + manifest.version().value() + ".zip"));
            Config config = registry.pushConfig(name, Config.empty());
            Manifest pushed = registry.pushManifest(
                    name,
                    Manifest.empty()
                            .withArtifactType(ArtifactType.from(OciPackage.ARTIFACT))
                            .withConfig(config)
                            .withLayers(List.of(layer))
                            .withAnnotations(new TreeMap<>(Map.of(
                                    "org.opencontainers.image.version",
                                    manifest.version().value(),
                                    "org.opencontainers.image.created",
                                    ALWAYS))));
            return SCHEME + reference + "@" + pushed.getDescriptor().getDigest();
        } catch (OrasException refused) {
            throw new CommandMisused("the registry " + reference.registry() + " "
                    + (refused.getCause() instanceof IOException
                            ? "does not answer."
                            : "does not take it: " + refused.getMessage()));
        }
    }

    private Registry registry(String host) {
        CLIENT_LOG.setLevel(Level.OFF);
        Registry.Builder builder = Registry.builder();
        if (username == null) {
            builder.defaults(host);
        } else if (passwordFile == null) {
            throw new CommandMisused("--username needs a --password-file.");
        } else {
            builder.defaults(host, username, KeyFiles.read(passwordFile).strip());
        }
        return builder.withInsecure(plainHttp).build();
    }
}
