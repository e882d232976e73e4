package org.storysign.plugins.plugin.history;

import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.sandbox.LogLine;

/**
 * Which lines of a plugin's log.
 *
 * @param least the level, and those above it
 * @param from a sequence they lie before, or after
 */
public record LineFilter(PluginId plugin, LogLine.Level least, long from) {}
