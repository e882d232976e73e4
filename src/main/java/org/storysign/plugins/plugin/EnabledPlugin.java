package org.storysign.plugins.plugin;

import java.util.List;
import org.storysign.plugins.limits.Limits;
import org.storysign.plugins.sandbox.CompiledModule;
import org.storysign.plugins.sandbox.HostFunction;
import org.storysign.plugins.sandbox.HttpAccess;

/**
 * A plugin that serves: what is stored, ready to run.
 *
 * @param plugin as stored, its configuration completed by its schema's defaults
 * @param limits what one call may use: operator's override or level, manifest
 * @param functions the host functions it is linked to
 * @param http what it may reach of the network
 */
public record EnabledPlugin(
        Plugin plugin, Limits limits, CompiledModule module, List<HostFunction> functions, HttpAccess http) {

    public EnabledPlugin {
        functions = List.copyOf(functions);
    }
}
