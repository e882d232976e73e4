package org.storysign.plugins.rest.queue;

import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.hook.queue.EventStore;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.manifest.HookName;
import org.storysign.plugins.problem.JsonFields;

/** The body of POST /queue/redrive; what is absent does not narrow it. */
@Schema(name = "RedriveForm")
record RedriveForm(
        @Schema(description = "Only this hook's", examples = "story_saved") @Nullable
        String hook,

        @Schema(name = "plugin_id", description = "Only what this plugin emitted", examples = "session-logger")
        @Nullable
        String pluginId) {

    static final Set<String> MEMBERS = Set.of("hook", "plugin_id");

    static Optional<EventStore.Letters> read(JsonFields fields) {
        return Optional.of(new EventStore.Letters(
                Optional.empty(),
                fields.parsed("hook", HookName::parse, "[a-z0-9][a-z0-9_.-]{0,99}")
                        .map(HookName::value),
                fields.parsed("plugin_id", PluginId::parse, "[a-z0-9][a-z0-9-]{1,62}")
                        .map(PluginId::value)));
    }
}
