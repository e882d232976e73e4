package org.storysign.plugins.rest.plugins;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.storysign.plugins.plugin.PluginPackage;
import org.storysign.plugins.problem.GuestText;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

/** The parts of POST /upload. */
@Schema(name = "UploadForm")
record UploadForm(
        @Schema(description = "manifest.json", required = true, format = "binary")
        String manifest,

        @Schema(description = "The WebAssembly module", required = true, format = "binary")
        String module) {

    private static final Set<String> PARTS = Set.of("manifest", "module");

    /** Throws {@code ProblemException} {@code request-invalid} when a part is missing or unknown. */
    static PluginPackage read(Map<String, byte[]> parts) {
        for (String name : new TreeSet<>(parts.keySet())) {
            if (!PARTS.contains(name)) {
                throw invalid("The part " + GuestText.quote(name) + " is unknown, expected manifest and module.");
            }
        }
        return new PluginPackage(part(parts, "manifest"), part(parts, "module"));
    }

    private static byte[] part(Map<String, byte[]> parts, String name) {
        return Optional.ofNullable(parts.get(name)).orElseThrow(() -> invalid("The part " + name + " is missing."));
    }

    private static ProblemException invalid(String detail) {
        return new ProblemException(ProblemCode.REQUEST_INVALID, detail);
    }
}
