package org.storysign.plugins.plugin;

import java.util.List;
import org.storysign.plugins.limits.Limits;
import org.storysign.plugins.sandbox.CompiledModule;
import org.storysign.plugins.sandbox.HostFunction;

/**
 * A plugin that serves: what is stored, ready to run.
 *
 * @param limits what one call may use: operator's override or level, manifest
 * @param functions the host functions it is linked to
 */
public record EnabledPlugin(Plugin plugin, Limits limits, CompiledModule module, List<HostFunction> functions) {

    public EnabledPlugin {
        functions = List.copyOf(functions);
    }
}
