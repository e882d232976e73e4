package org.storysign.plugins.hook.queue;

import java.util.Optional;
import java.util.OptionalLong;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.manifest.HookName;

/**
 * Which events.
 *
 * @param plugin who emitted them
 * @param before only those with a smaller sequence
 */
public record EventFilter(
        Optional<EventState> state, Optional<HookName> hook, Optional<PluginId> plugin, OptionalLong before) {}
