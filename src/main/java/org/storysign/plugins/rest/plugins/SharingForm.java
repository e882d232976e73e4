package org.storysign.plugins.rest.plugins;

import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.storysign.plugins.problem.JsonFields;

/** The body of PUT /{plugin_id}/sharing. */
@Schema(name = "SharingForm")
record SharingForm(
        @Schema(description = "Whether all tenants get it", required = true)
        Boolean shared) {

    static final Set<String> MEMBERS = Set.of("shared");

    static Optional<Boolean> read(JsonFields fields) {
        fields.require("shared");
        return fields.bool("shared");
    }
}
