package org.storysign.plugins.storage;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.permission.Grants;
import org.storysign.plugins.plugin.Plugin;
import org.storysign.plugins.plugin.PluginState;
import org.storysign.plugins.plugin.Release;
import org.storysign.plugins.plugin.SealedConfig;
import org.storysign.plugins.plugin.TenantPolicy;

/** A plugin's wanted state. */
@Entity
@Table(name = "plugin")
@SuppressWarnings("NullAway.Init") // Hibernate fills what it reads
public class PluginRow extends PanacheEntityBase {

    /** Its primary key. */
    @Embeddable
    public record Key(
            @Column(name = "tenant") String tenant,
            @Column(name = "id") String plugin) {
        static Key of(TenantId tenant, PluginId plugin) {
            return new Key(tenant.value(), plugin.value());
        }
    }

    @EmbeddedId
    public Key key;

    public String state;

    @Column(name = "state_reason")
    public @Nullable String stateReason;

    @Column(name = "lease_owner")
    public @Nullable String leaseOwner;

    @Column(name = "lease_ends")
    public @Nullable Instant leaseEnds;

    @Column(name = "retry_at")
    public @Nullable Instant retryAt;

    public int quarantines;

    public long revision;

    @Column(name = "active_version")
    public String activeVersion;

    public String grants;

    public String level;

    public @Nullable String consent;

    public String config;

    @Column(name = "config_secrets")
    public String configSecrets;

    @Column(name = "config_revision")
    public long configRevision;

    /** Whether its releases are shared ones. */
    @Column(updatable = false)
    public boolean adopted;

    public boolean observed;

    @Column(name = "created_at", updatable = false)
    public Instant createdAt;

    @Column(name = "updated_at")
    public Instant updatedAt;

    /** A plugin whose first release this is, before anybody agreed to anything. */
    static PluginRow fresh(Key key, Release release, TenantPolicy policy) {
        PluginRow row = new PluginRow();
        row.key = key;
        row.state(new PluginState.Installed());
        row.activeVersion = release.manifest().version().value();
        row.grants = Documents.grants(Grants.NONE);
        row.level = policy.usualLevel(release.manifest()).publicName();
        row.config = "{}";
        row.configSecrets = "{}";
        row.configRevision = 1;
        row.step();
        row.createdAt = row.updatedAt;
        return row;
    }

    /** The policy that one more plugin of the tenant must find room in; changes of a tenant happen one after the other. */
    static Uni<TenantPolicy> requireRoom(TenantId tenant, PluginId id) {
        return TenantPolicyRow.read(tenant)
                .call(policy ->
                        count("key.tenant", tenant.value()).invoke(installed -> policy.requireRoom(id, installed)));
    }

    /** What may change in a plugin's life, config included, at the next revision. */
    void write(Plugin plugin) {
        state(plugin.state());
        activeVersion = plugin.active().manifest().version().value();
        grants = Documents.grants(plugin.grants());
        level = plugin.level().publicName();
        consent = plugin.consent().orElse(null);
        config = SealedConfig.clear(plugin.config()).toString();
        configSecrets = Documents.secrets(SealedConfig.secrets(plugin.config()));
        configRevision = plugin.configRevision();
        observed = plugin.isObserved();
        step();
    }

    void step() {
        revision++;
        updatedAt = TenantTransactions.now();
    }

    void state(PluginState wanted) {
        state = wanted.publicName();
        stateReason = reason(wanted).orElse(null);
        boolean leased = wanted instanceof PluginState.Enabling;
        leaseOwner = wanted instanceof PluginState.Enabling enabling ? enabling.owner() : null;
        leaseEnds = leased ? ((PluginState.Enabling) wanted).leaseEnds() : null;
        retryAt = wanted instanceof PluginState.Quarantined quarantined
                ? quarantined.retryAt().orElse(null)
                : null;
        quarantines = switch (wanted) {
            case PluginState.Quarantined quarantined -> quarantined.quarantines();
            case PluginState.Enabled enabled -> enabled.quarantines();
            case PluginState.Installed _, PluginState.Enabling _, PluginState.Disabled _, PluginState.Failed _ -> 0;
        };
    }

    private static Optional<String> reason(PluginState state) {
        return switch (state) {
            case PluginState.Quarantined quarantined -> Optional.of(quarantined.reason());
            case PluginState.Failed failed -> Optional.of(failed.reason());
            case PluginState.Installed _, PluginState.Enabling _, PluginState.Enabled _, PluginState.Disabled _ ->
                Optional.empty();
        };
    }

    PluginState state() {
        String reason = stateReason == null ? "" : stateReason;
        return switch (state) {
            case "installed" -> new PluginState.Installed();
            case "enabling" -> new PluginState.Enabling(String.valueOf(leaseOwner), leaseEnd());
            case "enabled" -> new PluginState.Enabled(quarantines);
            case "disabled" -> new PluginState.Disabled();
            case "quarantined" -> new PluginState.Quarantined(reason, Optional.ofNullable(retryAt), quarantines);
            case "failed" -> new PluginState.Failed(reason);
            default -> throw new IllegalStateException("the database holds an unknown plugin state: " + state);
        };
    }

    private Instant leaseEnd() {
        return Optional.ofNullable(leaseEnds).orElse(Instant.EPOCH);
    }

    Plugin toPlugin(Release active) {
        return new Plugin(
                new TenantId(key.tenant()),
                new PluginId(key.plugin()),
                state(),
                revision,
                active,
                Documents.grants(grants),
                SecurityLevel.parse(level)
                        .orElseThrow(() -> new IllegalStateException("the database holds an unknown level: " + level)),
                Optional.ofNullable(consent),
                SealedConfig.joined(Documents.object(config), Documents.secrets(configSecrets)),
                configRevision,
                createdAt,
                updatedAt,
                adopted ? Plugin.Origin.SHARED : Plugin.Origin.OWN,
                observed ? Plugin.Mode.OBSERVE : Plugin.Mode.ACTIVE);
    }
}
