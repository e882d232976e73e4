package org.storysign.plugins.rest.plugins;

import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.storysign.plugins.plugin.PluginMode;
import org.storysign.plugins.problem.JsonFields;

/** The body of PUT /{plugin_id}/mode. */
@Schema(name = "ModeForm")
record ModeForm(
        @Schema(
                description = "serve, or observe: it runs and is recorded, and changes nothing",
                required = true,
                enumeration = {"serve", "observe"})
        String mode) {

    static final Set<String> MEMBERS = Set.of("mode");

    static Optional<PluginMode> read(JsonFields fields) {
        fields.require("mode");
        return fields.oneOf("mode", PluginMode::parse, PluginMode.publicNames());
    }
}
