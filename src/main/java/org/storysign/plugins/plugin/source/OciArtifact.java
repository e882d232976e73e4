package org.storysign.plugins.plugin.source;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.storysign.plugins.identity.Digest;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.manifest.ManifestReader;
import org.storysign.plugins.plugin.PackageArchive;
import org.storysign.plugins.problem.GuestText;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.problem.StrictJson;
import org.storysign.plugins.problem.Violations;
import org.storysign.plugins.signature.PackageSignature;

/**
 * What an artifact's manifest says, read with suspicion: one of the layouts of {@link OciPackage}, every layer of a known kind and no larger
 * than its kind may be. Source: OCI image specification 1.1, "manifest".
 *
 * @param annotated our manifest as an annotation
 */
record OciArtifact(List<Blob> layers, Optional<String> annotated) {

    /** Largest manifest: ours may be an annotation of it. */
    static final MemorySize LARGEST = MemorySize.ofKiB(256);

    /** What a registry is asked for. Docker's own manifests and lists of platforms are no packages. */
    static final String MEDIA_TYPE = "application/vnd.oci.image.manifest.v1+json";

    private static final int DEEPEST = 20;

    /** A layer and what the manifest promises of it. */
    record Blob(String mediaType, Digest digest, long size) {}

    /** Fails with {@code source-failed}. */
    static OciArtifact read(byte[] manifest) {
        Violations violations = new Violations();
        JsonNode json = new StrictJson(DEEPEST).read(manifest, violations);
        if (!violations.isEmpty() || !json.isObject()) {
            throw unfit("has a manifest that is no strict JSON object");
        }
        String mediaType = json.path("mediaType").asText(MEDIA_TYPE);
        if (!mediaType.equals(MEDIA_TYPE)) {
            throw unfit("is " + GuestText.quote(mediaType) + ", expected a single " + MEDIA_TYPE);
        }
        String config = json.path("config").path("mediaType").asText("");
        String type = json.path("artifactType").asText(config);
        List<Blob> layers = layers(json.path("layers"));
        String main = type.equals(OciPackage.ARTIFACT) ? OciPackage.ARCHIVE : OciPackage.WASM;
        if (!type.equals(OciPackage.ARTIFACT) && !config.equals(OciPackage.WASM_CONFIG)) {
            throw unfit("has the type " + GuestText.quote(type) + ", expected " + OciPackage.ARTIFACT + " or a config "
                    + OciPackage.WASM_CONFIG);
        }
        requireOne(layers, main);
        layers.stream().filter(blob -> !isPartOf(main, blob)).findFirst().ifPresent(blob -> {
            throw unfit("has a layer " + GuestText.quote(blob.mediaType()) + " that belongs to no package");
        });
        JsonNode annotated = json.path("annotations").path(OciPackage.MANIFEST_ANNOTATION);
        return new OciArtifact(layers, Optional.ofNullable(annotated.textValue()));
    }

    /** Whether the package lies in it as one .zip, and not as a module alone. */
    boolean isArchive() {
        return !of(OciPackage.ARCHIVE).isEmpty();
    }

    List<Blob> of(String mediaType) {
        return layers.stream()
                .filter(blob -> blob.mediaType().equals(mediaType))
                .toList();
    }

    /** The bytes of all layers together. */
    long size() {
        return layers.stream().mapToLong(Blob::size).sum();
    }

    private static List<Blob> layers(JsonNode array) {
        if (!array.isArray() || array.isEmpty() || array.size() > PackageSignature.MOST + 2) {
            throw unfit("has " + array.size() + " layers, expected 1 to " + (PackageSignature.MOST + 2));
        }
        List<Blob> layers = new ArrayList<>();
        for (JsonNode layer : array) {
            String mediaType = layer.path("mediaType").asText("");
            Digest digest = Digest.parse(layer.path("digest").asText(""))
                    .orElseThrow(() -> unfit("has a layer without a digest sha256:…"));
            JsonNode declared = layer.path("size");
            long size = declared.isIntegralNumber() && declared.canConvertToLong() ? declared.longValue() : -1;
            long most = largest(mediaType);
            if (size < 0 || size > most) {
                throw unfit("has a layer " + GuestText.quote(mediaType) + " of " + GuestText.quote(declared.asText())
                        + " bytes, expected 0 to " + most);
            }
            layers.add(new Blob(mediaType, digest, size));
        }
        return layers;
    }

    private static long largest(String mediaType) {
        return switch (mediaType) {
            case OciPackage.ARCHIVE -> PackageArchive.LARGEST_ZIP.bytes();
            case OciPackage.WASM -> SecurityLevel.MINIMAL.code().moduleSize().bytes();
            case OciPackage.MANIFEST -> ManifestReader.LARGEST.bytes();
            case OciPackage.SIGNATURE -> PackageSignature.LARGEST;
            default -> throw unfit("has a layer " + GuestText.quote(mediaType) + " that belongs to no package");
        };
    }

    private static void requireOne(List<Blob> layers, String mediaType) {
        long count = layers.stream()
                .filter(blob -> blob.mediaType().equals(mediaType))
                .count();
        if (count != 1) {
            throw unfit("has " + count + " layers " + mediaType + ", expected one");
        }
    }

    private static boolean isPartOf(String main, Blob blob) {
        return blob.mediaType().equals(main)
                || blob.mediaType().equals(OciPackage.SIGNATURE)
                || (main.equals(OciPackage.WASM) && blob.mediaType().equals(OciPackage.MANIFEST));
    }

    private static ProblemException unfit(String how) {
        return new ProblemException(ProblemCode.SOURCE_FAILED, "The artifact " + how + ".");
    }
}
