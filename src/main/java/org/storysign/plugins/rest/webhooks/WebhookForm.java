package org.storysign.plugins.rest.webhooks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.storysign.plugins.plugin.webhook.WebhookEvent;
import org.storysign.plugins.plugin.webhook.WebhookUrl;
import org.storysign.plugins.problem.JsonFields;

/** The body of POST /webhooks. */
@Schema(name = "WebhookForm")
record WebhookForm(
        @Schema(
                description = "Where it is told: https and a public host",
                required = true,
                examples = "https://hooks.example.com/storysign")
        String url,

        @Schema(
                description = "Of what: plugin.installed, plugin.enabled, plugin.disabled, plugin.quarantined,"
                        + " plugin.uninstalled, release.activated, config.changed; all of these when it is not said")
        List<String> eventTypes) {

    static final Set<String> MEMBERS = Set.of("url", "event_types");

    /** What was asked for. */
    record Wanted(WebhookUrl url, List<WebhookEvent> events) {}

    static Optional<Wanted> read(JsonFields fields) {
        fields.require("url");
        Optional<WebhookUrl> url = fields.parsed("url", WebhookUrl::parse, WebhookUrl.EXPECTED);
        List<WebhookEvent> events = fields.has("event_types")
                ? fields.array("event_types", WebhookEvent.values().length)
                        .map(types -> events(fields, types))
                        .orElse(List.of())
                : List.of(WebhookEvent.values());
        return url.map(known -> new Wanted(known, events));
    }

    private static List<WebhookEvent> events(JsonFields fields, ArrayNode types) {
        Set<WebhookEvent> events = new LinkedHashSet<>();
        for (JsonNode type : types) {
            Optional<WebhookEvent> event = type.isTextual() ? WebhookEvent.parse(type.textValue()) : Optional.empty();
            if (event.isEmpty()) {
                fields.report("event_types", "holds " + type + ", expected some of " + WebhookEvent.names());
            }
            event.ifPresent(events::add);
        }
        if (types.isEmpty()) {
            fields.report("event_types", "is empty, expected some of " + WebhookEvent.names());
        }
        return List.copyOf(events);
    }
}
