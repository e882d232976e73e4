package org.storysign.plugins.rest.plugins;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.storysign.plugins.manifest.Version;
import org.storysign.plugins.plugin.PluginReleases.Activation;
import org.storysign.plugins.problem.JsonFields;

/** The body of PUT /{plugin_id}/active-release. */
@Schema(name = "ActivationForm")
record ActivationForm(
        @Schema(description = "Which of the plugin's releases", required = true, examples = "1.2.0")
        String version,

        @Schema(
                description =
                        "Permissions as in the manifest. Absent: as granted now, as far as the release asks for it, and what else"
                                + " it requires")
        List<Object> grants,

        @Schema(description = "The id out of the release's or the problem's consent, to agree to its difference")
        String consent,

        @Schema(description = "Another security level") String level) {

    static final Set<String> MEMBERS = Set.of("version", "grants", "consent", "level");

    static Optional<Activation> read(JsonFields fields, long ifRevision) {
        fields.require("version");
        return fields.parsed("version", Version::parse, "a version such as 1.2.0")
                .map(version -> new Activation(version, EnableForm.request(fields), ifRevision));
    }
}
