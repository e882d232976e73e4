package org.storysign.plugins.rest.hooks;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import org.storysign.plugins.audit.AuditAction;
import org.storysign.plugins.audit.AuditEntry;
import org.storysign.plugins.hook.HookCatalog;
import org.storysign.plugins.hook.HookChain;
import org.storysign.plugins.hook.HookPolicy;
import org.storysign.plugins.hook.HookPolicyStore;
import org.storysign.plugins.identity.Actor;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.manifest.FailurePolicy;
import org.storysign.plugins.manifest.HookName;
import org.storysign.plugins.plugin.PluginCatalog;
import org.storysign.plugins.rest.http.Revisions;

/** Puts a decision on a hook into force, on this process before the answer is given. */
@ApplicationScoped
class PolicyChange {

    private final HookPolicyStore store;
    private final HookCatalog hooks;
    private final PluginCatalog plugins;

    @Inject
    PolicyChange(HookPolicyStore store, HookCatalog hooks, PluginCatalog plugins) {
        this.store = store;
        this.hooks = hooks;
        this.plugins = plugins;
    }

    /** Fails with {@code precondition-failed} when somebody else decided first. */
    Uni<HookChain> apply(HookName hook, HookPolicy policy, Actor actor) {
        return store.replace(actor.tenant(), hook, policy, audit(hook, policy, actor))
                .map(stored -> stored.orElseThrow(Revisions::stale))
                .chain(_ -> plugins.refresh(actor.tenant()))
                .chain(_ -> hooks.chain(actor.tenant(), hook));
    }

    private static AuditEntry audit(HookName hook, HookPolicy policy, Actor actor) {
        return new AuditEntry(
                actor,
                AuditAction.HOOK_POLICY_CHANGE,
                "hook:" + hook,
                Map.of(
                        "order", policy.order().stream().map(PluginId::value).toList(),
                        "on_error",
                                policy.onError().map(FailurePolicy::publicName).orElse("as the manifest says")));
    }
}
