package org.storysign.plugins.storage;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.hook.HookPolicy;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.manifest.FailurePolicy;

/** What an operator decided about a hook. */
@Entity
@Table(name = "hook_policy")
@SuppressWarnings("NullAway.Init") // Hibernate fills what it reads
public class HookPolicyRow extends PanacheEntityBase {

    /** Its primary key. */
    @Embeddable
    public record Key(
            @Column(name = "tenant") String tenant,
            @Column(name = "hook") String hook) {}

    @EmbeddedId
    public Key key;

    @Column(name = "plugin_order")
    public String[] pluginOrder;

    @Column(name = "on_error")
    public @Nullable String onError;

    public long revision;

    /** Takes over the decision at the next revision. */
    void write(HookPolicy policy) {
        pluginOrder = policy.order().stream().map(PluginId::value).toArray(String[]::new);
        onError = policy.onError().map(FailurePolicy::publicName).orElse(null);
        revision++;
    }

    HookPolicy toPolicy() {
        return new HookPolicy(
                Stream.of(pluginOrder).map(PluginId::new).toList(),
                Optional.ofNullable(onError).flatMap(FailurePolicy::parse),
                revision);
    }
}
