package org.storysign.plugins.rest.hooks;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.storysign.plugins.hook.HookPolicy;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.manifest.FailurePolicy;
import org.storysign.plugins.problem.JsonFields;

/** The body of PUT /hooks/{hook_name}/policy; what is absent is left to the manifests. */
@Schema(name = "PolicyForm")
record PolicyForm(
        @Schema(description = "Plugins to run first, in this order", examples = "[\"profanity-filter\"]")
        List<String> order,

        @Schema(
                name = "on_error",
                description = "`open` passes over a failing handler, `closed` fails the call",
                examples = "closed")
        String onError) {

    static final Set<String> MEMBERS = Set.of("order", "on_error");

    private static final int MOST = 200;

    static Optional<HookPolicy> read(JsonFields fields, long revision) {
        List<PluginId> order =
                fields.array("order", MOST).map(array -> ids(array, fields)).orElse(List.of());
        Optional<FailurePolicy> onError = fields.oneOf("on_error", FailurePolicy::parse, List.of("open", "closed"));
        return Optional.of(new HookPolicy(order, onError, revision));
    }

    private static List<PluginId> ids(ArrayNode array, JsonFields fields) {
        Set<PluginId> ids = new LinkedHashSet<>();
        array.forEach(node -> {
            Optional<PluginId> id = PluginId.parse(node.asText(""));
            if (id.isEmpty() || !ids.add(id.get())) {
                fields.report("order", "has something that is no plugin id, or a plugin twice");
            }
        });
        return new ArrayList<>(ids);
    }
}
