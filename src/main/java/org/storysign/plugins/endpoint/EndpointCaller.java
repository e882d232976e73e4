package org.storysign.plugins.endpoint;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.storysign.plugins.identity.Actor;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.manifest.EndpointDeclaration;
import org.storysign.plugins.plugin.EnabledPlugin;
import org.storysign.plugins.plugin.PluginCall;
import org.storysign.plugins.plugin.PluginCaller;
import org.storysign.plugins.plugin.PluginCatalog;
import org.storysign.plugins.plugin.history.Occasion;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.sandbox.CallResult;

/** Finds and calls the handlers of endpoints. Safe for concurrent use; never blocks its caller. */
@Singleton
public final class EndpointCaller {

    private final PluginCatalog catalog;
    private final PluginCaller plugins;

    @Inject
    public EndpointCaller(PluginCatalog catalog, PluginCaller plugins) {
        this.catalog = catalog;
        this.plugins = plugins;
    }

    /** The plugin, if the tenant has it enabled. */
    public Optional<EnabledPlugin> find(TenantId tenant, PluginId plugin) {
        return catalog.current(tenant).find(plugin);
    }

    /** Calls the handler. Fails as {@link PluginCaller#call} does; a trap is a result. */
    public CompletableFuture<CallResult> call(
            TenantId tenant, PluginId plugin, EndpointDeclaration endpoint, EndpointRequest request) {
        PluginCall call = new PluginCall(plugin, endpoint.handler(), EndpointInput.of(request), request.user())
                .on(Occasion.endpoint(endpoint.name(), endpoint.handler()));
        return plugins.call(
                new Actor("endpoint:" + endpoint.name(), tenant, Set.of()),
                request.trace().map(call::traced).orElse(call));
    }

    /** What the handler answered. Fails with the trap's code, or {@code endpoint-output-invalid}. */
    public static EndpointAnswer answer(PluginId plugin, EndpointDeclaration endpoint, CallResult result) {
        return switch (result) {
            case CallResult.Returned returned -> EndpointAnswer.read(returned.output());
            // Whoever calls an endpoint learns that it failed and why; a plugin's functions and messages are its
            // operator's to see.
            case CallResult.Trapped trapped ->
                throw new ProblemException(
                        trapped.trap().code(),
                        "The handler of the endpoint " + endpoint.method() + " " + endpoint.path() + " of plugin `"
                                + plugin + "` did not answer: "
                                + trapped.trap().code().title() + ".",
                        Map.of(FactKey.PLUGIN, plugin.value()));
        };
    }
}
