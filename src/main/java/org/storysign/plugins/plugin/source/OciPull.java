package org.storysign.plugins.plugin.source;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.storysign.plugins.identity.Digest;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.plugin.PackageArchive;
import org.storysign.plugins.plugin.PackageFiles;
import org.storysign.plugins.plugin.PluginPackage;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

/**
 * Brings one artifact. Its manifest is asked for once, and everything else by the digests in it: a tag that is moved meanwhile changes
 * nothing. Used by one thread; blocks.
 */
final class OciPull {

    private static final String ANY = "*/*";

    private final OciRegistry registry;
    private final OciReference reference;
    private final FetchProgress progress;
    private long before;

    OciPull(OciRegistry registry, OciReference reference, FetchProgress progress) {
        this.registry = registry;
        this.reference = reference;
        this.progress = progress;
    }

    /** Fails with {@code source-refused}, {@code source-failed} or {@code digest-mismatch}, or as a package that cannot be read. */
    PluginPackage fetch() {
        OciArtifact artifact = OciArtifact.read(manifest());
        progress.expect(artifact.size());
        List<byte[]> signatures = new ArrayList<>();
        if (artifact.isArchive()) {
            PluginPackage content =
                    PackageArchive.read(one(artifact, OciPackage.ARCHIVE).orElseThrow());
            signatures.addAll(content.signatures());
            artifact.of(OciPackage.SIGNATURE).forEach(blob -> signatures.add(blob(blob)));
            return new PluginPackage(content.manifest(), content.module(), content.files(), signatures);
        }
        byte[] manifest = one(artifact, OciPackage.MANIFEST)
                .or(() -> artifact.annotated().map(text -> text.getBytes(StandardCharsets.UTF_8)))
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.SOURCE_FAILED,
                        "The artifact is a module without a plugin's manifest: it goes into a layer "
                                + OciPackage.MANIFEST + " or the annotation " + OciPackage.MANIFEST_ANNOTATION + "."));
        byte[] module = one(artifact, OciPackage.WASM).orElseThrow();
        artifact.of(OciPackage.SIGNATURE).forEach(blob -> signatures.add(blob(blob)));
        return new PluginPackage(manifest, module, PackageFiles.NONE, signatures);
    }

    private byte[] manifest() {
        byte[] manifest = registry.get(
                "/v2/" + reference.repository() + "/manifests/" + reference.manifest(),
                OciArtifact.MEDIA_TYPE,
                OciArtifact.LARGEST,
                arrived -> {});
        Digest found = Digest.of(manifest);
        reference.digest().ifPresent(expected -> require("manifest", found, expected));
        progress.resolved(found);
        return manifest;
    }

    private Optional<byte[]> one(OciArtifact artifact, String mediaType) {
        List<OciArtifact.Blob> found = artifact.of(mediaType);
        if (found.size() > 1) {
            throw new ProblemException(
                    ProblemCode.SOURCE_FAILED,
                    "The artifact has " + found.size() + " layers " + mediaType + ", expected one.");
        }
        return found.stream().findFirst().map(this::blob);
    }

    private byte[] blob(OciArtifact.Blob blob) {
        byte[] content = registry.get(
                "/v2/" + reference.repository() + "/blobs/" + blob.digest(),
                ANY,
                new MemorySize(blob.size()),
                arrived -> progress.arrived(before + arrived));
        before += content.length;
        require("layer " + blob.mediaType(), Digest.of(content), blob.digest());
        return content;
    }

    private static void require(String what, Digest found, Digest expected) {
        if (!found.equals(expected)) {
            throw new ProblemException(
                    ProblemCode.DIGEST_MISMATCH,
                    "The registry gives a " + what + " that is " + found + ", expected " + expected + ".",
                    Map.of(FactKey.FOUND, found.value(), FactKey.EXPECTED, expected.value()));
        }
    }
}
