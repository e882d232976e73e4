package org.storysign.plugins.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.problem.GuestText;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.StrictJson;
import org.storysign.plugins.problem.Violations;

/**
 * Reads {@code manifest.json}, strictly: the version first, then everything, reporting every violation at once with its JSON Pointer. The
 * published schema ({@code manifest.schema.json} beside this class) says the same as far as a schema can. Safe for concurrent use.
 */
public final class ManifestReader {

    /** Larger manifests are not read. */
    public static final MemorySize LARGEST = MemorySize.ofKiB(64);

    /** Deeper manifests are not read. */
    public static final int DEEPEST = 20;

    /** The only manifest version there is. */
    public static final int VERSION = 1;

    private static final StrictJson JSON = new StrictJson(DEEPEST);

    /** Fails with {@code ProblemException} {@code manifest-invalid} and every violation. */
    public PluginManifest read(byte[] json) {
        Violations violations = new Violations();
        ObjectNode source = parse(json, violations);
        Optional<PluginManifest> manifest = new ManifestBody(source, violations).manifest();
        violations.refuse(ProblemCode.MANIFEST_INVALID, "the manifest");
        return manifest.orElseThrow(() -> new IllegalStateException("a manifest was lost without a violation"));
    }

    /** The document, of a version that is known: what follows can only be understood then. */
    private static ObjectNode parse(byte[] json, Violations violations) {
        if (json.length > LARGEST.bytes()) {
            violations.add("", "has " + json.length + " bytes, expected at most " + LARGEST);
            violations.refuse(ProblemCode.MANIFEST_INVALID, "the manifest");
        }
        JsonNode node = JSON.read(json, violations);
        if (node instanceof ObjectNode object) {
            JsonNode version = object.path("manifest_version");
            boolean known = version.isIntegralNumber() && version.asText().equals(String.valueOf(VERSION));
            if (known) {
                return object;
            }
            violations.add(
                    "/manifest_version",
                    version.isMissingNode()
                            ? "is missing, expected " + VERSION
                            : "is " + GuestText.quote(version.toString()) + ", expected " + VERSION);
        } else if (violations.isEmpty()) {
            violations.add("", "is not a JSON object");
        }
        throw violations.exception(ProblemCode.MANIFEST_INVALID, "the manifest");
    }
}
