package org.storysign.plugins.plugin.webhook;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a webhook may be told of; the public name is the event's type. The database knows which action each stands for. */
public enum WebhookEvent {
    PLUGIN_INSTALLED("plugin.installed"),
    PLUGIN_ENABLED("plugin.enabled"),
    PLUGIN_DISABLED("plugin.disabled"),
    PLUGIN_QUARANTINED("plugin.quarantined"),
    PLUGIN_UNINSTALLED("plugin.uninstalled"),
    RELEASE_ACTIVATED("release.activated"),
    CONFIG_CHANGED("config.changed");

    /** Of deliveries that somebody asks for to try a webhook. */
    public static final String TEST = "webhook.test";

    private final String publicName;

    WebhookEvent(String publicName) {
        this.publicName = publicName;
    }

    public String publicName() {
        return publicName;
    }

    public static Optional<WebhookEvent> parse(String text) {
        return Arrays.stream(values())
                .filter(event -> event.publicName.equals(text))
                .findFirst();
    }

    /** Every public name. */
    public static List<String> names() {
        return Arrays.stream(values()).map(WebhookEvent::publicName).toList();
    }
}
