package org.storysign.plugins.plugin;

import io.smallrye.mutiny.Uni;
import java.util.Map;
import org.storysign.plugins.audit.AuditAction;
import org.storysign.plugins.audit.AuditEntry;
import org.storysign.plugins.identity.Actor;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

/** Plugins as they are stored, found and changed; or the problem that tells why not. */
record StoredPlugins(PluginStore store) {

    private static final int LONGEST_REASON = 500;

    /** Fails with {@code plugin-not-found}. */
    Uni<Plugin> find(TenantId tenant, PluginId id) {
        return store.find(tenant, id)
                .map(found -> found.orElseThrow(() -> new ProblemException(
                        ProblemCode.PLUGIN_NOT_FOUND,
                        "there is no plugin `" + id + "`",
                        Map.of(FactKey.PLUGIN, id.value()))));
    }

    /** Fails with {@code plugin-state-conflict} when somebody else changed it first. */
    Uni<Plugin> replace(Plugin changed, AuditEntry audit) {
        return store.replace(changed, audit).map(stored -> stored.orElseThrow(() -> changedMeanwhile(changed.id())));
    }

    /** The same, which fails as {@code check} does, too. */
    Uni<Plugin> replace(Plugin changed, PluginStore.EnabledCheck check, AuditEntry audit) {
        return store.replace(changed, check, audit)
                .map(stored -> stored.orElseThrow(() -> changedMeanwhile(changed.id())));
    }

    /** Asks whether what a plugin needs still serves when it begins to serve itself. */
    static PluginStore.EnabledCheck stillServed(Plugin wanted) {
        return wanted.active().manifest().dependencies().isEmpty()
                ? PluginStore.EnabledCheck.NONE
                : enabled -> {
                    if (!Dependencies.isServed(wanted, enabled)) {
                        throw conflict(wanted, "needs another that was disabled or changed meanwhile; try again");
                    }
                };
    }

    static AuditEntry audit(Actor actor, AuditAction action, PluginId id, Map<String, Object> facts) {
        return new AuditEntry(actor, action, "plugin:" + id, facts);
    }

    /** What a failed attempt left in words, for the audit trail and the plugin's state. */
    static String reason(Throwable failure) {
        String reason = failure instanceof ProblemException problem ? problem.detail() : "something went wrong inside";
        return reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) : reason;
    }

    /** {@code what} follows the plugin's name. */
    static ProblemException conflict(Plugin plugin, String what) {
        return new ProblemException(
                ProblemCode.PLUGIN_STATE_CONFLICT,
                "plugin `" + plugin.id() + "` " + what,
                Map.of(
                        FactKey.PLUGIN,
                        plugin.id().value(),
                        FactKey.STATE,
                        plugin.state().publicName()));
    }

    static ProblemException changedMeanwhile(PluginId id) {
        return new ProblemException(
                ProblemCode.PLUGIN_STATE_CONFLICT,
                "plugin `" + id + "` was changed by somebody else at the same time; look at it and try again",
                Map.of(FactKey.PLUGIN, id.value()));
    }

    /** {@code what} of the plugin has another revision than the caller named. */
    static ProblemException stale(PluginId id, String what) {
        return new ProblemException(
                ProblemCode.PRECONDITION_FAILED,
                what + " `" + id + "` was changed since you read it; read it again",
                Map.of(FactKey.PLUGIN, id.value()));
    }
}
