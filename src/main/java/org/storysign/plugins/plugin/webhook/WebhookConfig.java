package org.storysign.plugins.plugin.webhook;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What an operator sets about webhooks. */
@ConfigMapping(prefix = "storysign.webhooks")
public interface WebhookConfig {

    /** Whether this process delivers; one of a cluster must. */
    @WithDefault("true")
    boolean deliver();
}
