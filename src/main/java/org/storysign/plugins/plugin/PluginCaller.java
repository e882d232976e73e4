package org.storysign.plugins.plugin;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import org.storysign.plugins.identity.Actor;
import org.storysign.plugins.sandbox.CallResult;
import org.storysign.plugins.sandbox.Sandbox;

/** Calls one export of an enabled plugin. */
@Singleton
public final class PluginCaller {

    @Inject
    public PluginCaller(PluginCatalog catalog, Sandbox sandbox) {}

    /**
     * Fails with {@code ProblemException}: {@code plugin-not-enabled}, {@code export-missing}, {@code export-mistyped},
     * {@code input-too-large}, {@code overloaded}, {@code plugin-overloaded}. A trap is a result.
     */
    public CompletableFuture<CallResult> call(Actor actor, PluginCall call) {
        throw new IllegalStateException("not built");
    }
}
