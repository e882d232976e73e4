package org.storysign.plugins.rest.plugins;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.audit.AuditAction;
import org.storysign.plugins.audit.AuditEntry;
import org.storysign.plugins.identity.Actor;
import org.storysign.plugins.platform.DataKey;
import org.storysign.plugins.platform.DataOwner;
import org.storysign.plugins.platform.DataWrite;
import org.storysign.plugins.platform.KeyValueStore;
import org.storysign.plugins.platform.KeyValueStore.KeyRange;
import org.storysign.plugins.platform.StoredValue;
import org.storysign.plugins.platform.WriteCondition;
import org.storysign.plugins.platform.WriteOutcome;
import org.storysign.plugins.plugin.Plugin;
import org.storysign.plugins.plugin.PluginDataStore;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.GuestText;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.rest.http.PluginAddress;
import org.storysign.plugins.rest.http.Revisions;
import org.storysign.plugins.rest.http.UserAddress;
import org.storysign.plugins.security.Caller;

/** What operators do to plugins' data; every change is audited with its key, never with its value. */
@ApplicationScoped
class PluginData {

    private final PluginDataStore store;
    private final PluginViews plugins;

    @Inject
    PluginData(PluginDataStore store, PluginViews plugins) {
        this.store = store;
        this.plugins = plugins;
    }

    /** Whose data, and who asks. */
    record Target(DataOwner owner, Actor actor) {}

    Target owner(String plugin, @Nullable String user, Caller caller) {
        return new Target(
                new DataOwner(caller.actor().tenant(), PluginAddress.id(plugin), UserAddress.named(user, caller)),
                caller.actor());
    }

    Uni<List<String>> keys(Target target, KeyRange range) {
        return plugin(target).chain(_ -> store.keys(target.owner(), range));
    }

    /** Fails with {@code data-not-found}. */
    Uni<StoredValue> get(Target target, String key) {
        DataKey name = key(key);
        return plugin(target)
                .chain(_ -> store.get(target.owner(), name.value()))
                .map(found -> found.orElseThrow(() -> missing(name)));
    }

    /** Fails with {@code data-invalid}, {@code data-quota-exceeded}, {@code precondition-failed}. */
    Uni<WriteOutcome.Done> put(Target target, String key, String json, WriteCondition condition) {
        DataKey name = key(key);
        DataWrite write = new DataWrite(name.value(), json, Optional.empty(), condition);
        AuditEntry audit = audit(target, AuditAction.DATA_WRITE, name);
        return plugin(target)
                .chain(plugin -> store.put(target.owner(), write, plugin.level().data(), audit))
                .map(outcome -> done(outcome, name));
    }

    /** Fails with {@code data-not-found}, {@code precondition-failed}. */
    Uni<WriteOutcome.Done> delete(Target target, String key, WriteCondition condition) {
        DataKey name = key(key);
        AuditEntry audit = audit(target, AuditAction.DATA_DELETE, name);
        return plugin(target)
                .chain(_ -> store.delete(target.owner(), name.value(), condition, audit))
                .map(outcome -> done(outcome, name));
    }

    private Uni<Plugin> plugin(Target target) {
        return plugins.find(target.owner().tenant(), target.owner().plugin());
    }

    private static DataKey key(String text) {
        return DataKey.parse(text)
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.DATA_INVALID,
                        "The key " + GuestText.quote(text) + " has not 1 to " + KeyValueStore.LARGEST_KEY
                                + " bytes of UTF-8 without control characters."));
    }

    private static AuditEntry audit(Target target, AuditAction action, DataKey key) {
        Map<String, Object> facts = target.owner()
                .user()
                .<Map<String, Object>>map(user -> Map.of("key", key.value(), "user", user.value()))
                .orElseGet(() -> Map.of("key", key.value()));
        return new AuditEntry(target.actor(), action, "plugin:" + target.owner().plugin(), facts);
    }

    private static WriteOutcome.Done done(WriteOutcome outcome, DataKey key) {
        return switch (outcome) {
            case WriteOutcome.Done done -> done;
            case WriteOutcome.ConditionFailed _ -> throw Revisions.stale();
            case WriteOutcome.Missing _ -> throw missing(key);
            case WriteOutcome.OverLimit over ->
                throw new ProblemException(
                        ProblemCode.DATA_QUOTA_EXCEEDED,
                        "Writing `" + key + "` would take the plugin's data over its limit of " + over.limit() + ".",
                        Map.of(FactKey.KEY, key.value(), FactKey.LIMIT, over.limit()));
        };
    }

    private static ProblemException missing(DataKey key) {
        return new ProblemException(
                ProblemCode.DATA_NOT_FOUND,
                "The plugin has no key " + GuestText.quote(key.value()) + ".",
                Map.of(FactKey.KEY, key.value()));
    }
}
