package org.storysign.plugins.sandbox;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;

/**
 * Calls untrusted code under limits. Guests run on threads of this sandbox only, at most as many at once as there are
 * processors; never on an event loop. Safe for concurrent use.
 */
public final class Sandbox implements AutoCloseable {

    /**
     * Runs {@code work}, which may call {@link #call} any number of times, on a guest thread.
     *
     * @return fails with {@code ProblemException}: {@code overloaded} when the service, {@code plugin-overloaded} when this plugin has
     *     too many calls waiting (both with the fact {@code retry_after}, in seconds)
     */
    public <T> CompletableFuture<T> submit(TenantId tenant, PluginId plugin, Callable<T> work) {
        throw new IllegalStateException("not built");
    }

    /**
     * Makes a new instance, calls the export, throws the instance away. Must be called on a guest thread. Never throws for what a
     * guest does; throws {@code ProblemException} {@code input-too-large} when the input is larger than the limit.
     */
    public CallResult call(CallRequest request) {
        throw new IllegalStateException("not built");
    }

    @Override
    public void close() {}
}
