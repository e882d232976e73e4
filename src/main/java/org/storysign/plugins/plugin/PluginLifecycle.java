package org.storysign.plugins.plugin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.storysign.plugins.identity.Actor;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.plugin.PluginStore.DataOnRemoval;

/** Turns in a plugin's life after it was installed (contract, section 4). Every method fails with {@code ProblemException}. */
@Singleton
public final class PluginLifecycle {

    @Inject
    public PluginLifecycle(PluginStore store, PluginCatalog catalog, Clock clock) {}

    /**
     * Enables. Fails with {@code consent-required} (facts {@code consent}, {@code difference}) when it would be given more than was
     * consented to, {@code permission-not-granted}, {@code permission-unavailable}, {@code level-unavailable},
     * {@code plugin-state-conflict}, {@code initialize-failed} and whatever stops the module.
     */
    public Uni<Plugin> enable(PluginId id, EnableRequest request, Actor actor) {
        throw new IllegalStateException("not built");
    }

    /** Disables, cancels what runs, calls {@code cleanup} (whose failure blocks nothing). A disabled plugin stays as it is. */
    public Uni<Plugin> disable(PluginId id, Actor actor) {
        throw new IllegalStateException("not built");
    }

    /** Disables if needed and removes. Fails with {@code plugin-state-conflict} while an enabled plugin depends on it. */
    public Uni<Void> uninstall(PluginId id, DataOnRemoval data, Actor actor) {
        throw new IllegalStateException("not built");
    }

    /**
     * Replaces the configuration. Fails with {@code config-invalid} (violations) and {@code precondition-failed} when
     * {@code ifMatchRevision} is not the present {@link Plugin#configRevision}.
     */
    public Uni<Plugin> configure(PluginId id, ObjectNode config, long ifMatchRevision, Actor actor) {
        throw new IllegalStateException("not built");
    }

    /** Plugins whose enabling was given up without a word become disabled. How many did. */
    public Uni<Integer> abandonExpired(TenantId tenant) {
        throw new IllegalStateException("not built");
    }
}
