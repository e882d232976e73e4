package org.storysign.plugins.rest.plugins;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.plugin.EnableRequest;
import org.storysign.plugins.problem.JsonFields;

/** The body of POST /{plugin_id}/enable; every member may be absent. */
@Schema(name = "EnableForm")
record EnableForm(
        @Schema(
                description =
                        "Permissions as in the manifest; hosts and methods may be narrower. Absent: as granted last",
                examples = "[\"storage:read\"]")
        List<Object> grants,

        @Schema(description = "The id out of the consent-required that is agreed to")
        String consent,

        @Schema(description = "Another security level than the one that follows from tenant and manifest")
        String level) {

    static final Set<String> MEMBERS = Set.of("grants", "consent", "level");

    private static final int MOST_GRANTS = 100;
    private static final int LONGEST_CONSENT = 200;

    static Optional<EnableRequest> read(JsonFields fields) {
        return Optional.of(request(fields));
    }

    /** Of whichever form has these members. */
    static EnableRequest request(JsonFields fields) {
        List<String> levels = Arrays.stream(SecurityLevel.values())
                .map(SecurityLevel::publicName)
                .toList();
        return new EnableRequest(
                fields.array("grants", MOST_GRANTS).map(JsonNode.class::cast),
                fields.parsed(
                        "consent",
                        text -> Optional.of(text).filter(id -> id.length() <= LONGEST_CONSENT),
                        "a consent id"),
                fields.oneOf("level", SecurityLevel::parse, levels));
    }
}
