package org.storysign.plugins.hook;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import org.storysign.plugins.sandbox.Sandbox;

/** Runs a hook's chain. */
@Singleton
public final class HookDispatcher {

    @Inject
    public HookDispatcher(HookCatalog catalog, Sandbox sandbox, Clock clock) {}

    /** Fails with {@code ProblemException} only when the chain could not begin ({@code overloaded}, {@code plugin-overloaded}). */
    public CompletableFuture<HookOutcome> dispatch(HookCall call) {
        throw new IllegalStateException("not built");
    }
}
