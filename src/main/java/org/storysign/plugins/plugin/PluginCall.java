package org.storysign.plugins.plugin;

import java.util.Optional;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.UserId;

/**
 * A call of one export, asked for by a person.
 *
 * @param plugin an enabled plugin
 * @param export its function
 * @param input as the export gets it
 * @param user for whom, if for anybody
 */
public record PluginCall(PluginId plugin, String export, byte[] input, Optional<UserId> user) {}
