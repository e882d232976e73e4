package org.storysign.plugins.plugin;

import java.util.List;
import java.util.Optional;
import org.storysign.plugins.limits.Limits;
import org.storysign.plugins.manifest.Version;
import org.storysign.plugins.sandbox.CallRequest;
import org.storysign.plugins.sandbox.CompiledModule;
import org.storysign.plugins.sandbox.GuestFiles;
import org.storysign.plugins.sandbox.HostFunction;
import org.storysign.plugins.sandbox.HttpAccess;
import org.storysign.plugins.sandbox.InstancePool;

/**
 * A plugin that serves: what is stored, ready to run.
 *
 * @param plugin as stored, its configuration completed by its schema's defaults
 * @param limits what one call may use: operator's override or level, manifest
 * @param functions the host functions it is linked to
 * @param http what it may reach of the network
 * @param files what it may reach through WASI
 * @param pool the instances that are kept between its calls, when that was granted
 */
public record EnabledPlugin(
        Plugin plugin,
        Limits limits,
        CompiledModule module,
        List<HostFunction> functions,
        HttpAccess http,
        GuestFiles files,
        Optional<InstancePool> pool) {

    /** Without files. */
    public EnabledPlugin(
            Plugin plugin,
            Limits limits,
            CompiledModule module,
            List<HostFunction> functions,
            HttpAccess http,
            Optional<InstancePool> pool) {
        this(plugin, limits, module, functions, http, GuestFiles.NONE, pool);
    }

    /** Without files, every call in a new instance. */
    public EnabledPlugin(
            Plugin plugin, Limits limits, CompiledModule module, List<HostFunction> functions, HttpAccess http) {
        this(plugin, limits, module, functions, http, Optional.empty());
    }

    public EnabledPlugin {
        functions = List.copyOf(functions);
    }

    /** Which release serves. */
    public Version release() {
        return plugin.active().manifest().version();
    }

    /** The request with this plugin's files, on its kept instances when it may have any. */
    public CallRequest onItsInstances(CallRequest fresh) {
        CallRequest reaching = fresh.with(files);
        return pool.map(reaching::on).orElse(reaching);
    }
}
