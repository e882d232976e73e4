package org.storysign.plugins.plugin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.permission.Grants;

/**
 * An installed plugin of one tenant: the wanted state, as stored.
 *
 * @param revision grows with every change of this plugin; its ETag
 * @param grants what it was given at the last enable
 * @param level the security level it runs at
 * @param consent the consent given last: the package digest and grants it was bound to, hashed; empty when none was needed
 * @param config its configuration, valid against the active release's schema
 * @param configRevision grows with every change of the configuration
 */
public record Plugin(
        TenantId tenant,
        PluginId id,
        PluginState state,
        long revision,
        Release active,
        Grants grants,
        SecurityLevel level,
        Optional<String> consent,
        ObjectNode config,
        long configRevision,
        Instant createdAt,
        Instant updatedAt,
        Origin origin,
        Mode mode) {

    /** Whose its releases are. */
    public enum Origin {
        /** The tenant's, who brings them. */
        OWN,
        /** The platform's, who shares them with all tenants; everything else of it is the tenant's. */
        SHARED;

        public String publicName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What comes of its calls. */
    public enum Mode {
        /** What they do. */
        ACTIVE,
        /** A record: they change nothing. */
        OBSERVE;

        public String publicName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** One of the tenant's own that is not merely observed. */
    public Plugin(
            TenantId tenant,
            PluginId id,
            PluginState state,
            long revision,
            Release active,
            Grants grants,
            SecurityLevel level,
            Optional<String> consent,
            ObjectNode config,
            long configRevision,
            Instant createdAt,
            Instant updatedAt) {
        this(
                tenant,
                id,
                state,
                revision,
                active,
                grants,
                level,
                consent,
                config,
                configRevision,
                createdAt,
                updatedAt,
                Origin.OWN,
                Mode.ACTIVE);
    }

    /** As it is after its first release was installed, before anybody agreed to anything. */
    static Plugin installed(TenantId tenant, Release release, TenantPolicy policy) {
        return new Plugin(
                tenant,
                release.manifest().id(),
                new PluginState.Installed(),
                1,
                release,
                Grants.NONE,
                policy.usualLevel(release.manifest()),
                Optional.empty(),
                JsonNodeFactory.instance.objectNode(),
                1,
                release.installedAt(),
                release.installedAt());
    }

    /** Whether its instances may be kept between calls: its release asks for it, and exactly that was agreed to. */
    public boolean keepsInstances() {
        return EnableOffer.keepsInstances(this);
    }

    /** The same plugin in another state and with other grants, level and consent. */
    public Plugin with(PluginState newState, Grants newGrants, SecurityLevel newLevel, Optional<String> newConsent) {
        return changed(newState, active, newGrants, newLevel, newConsent, config, configRevision, mode);
    }

    /** The same plugin with another release active. */
    public Plugin with(Release release) {
        return changed(state, release, grants, level, consent, config, configRevision, mode);
    }

    public Plugin with(PluginState newState) {
        return with(newState, grants, level, consent);
    }

    /** The same plugin with another configuration, whose revision steps by one. */
    public Plugin withConfig(ObjectNode newConfig) {
        return changed(state, active, grants, level, consent, newConfig, configRevision + 1, mode);
    }

    /** The same plugin with its configuration completed by defaults: not a change. */
    Plugin completed(ObjectNode complete) {
        return changed(state, active, grants, level, consent, complete, configRevision, mode);
    }

    /** The same plugin, whose calls come to something else from now on. */
    public Plugin with(Mode newMode) {
        return changed(state, active, grants, level, consent, config, configRevision, newMode);
    }

    /** Whether nothing that it does may be kept. */
    public boolean isObserved() {
        return mode == Mode.OBSERVE;
    }

    /** All that may change of a plugin while it is there. */
    private Plugin changed(
            PluginState newState,
            Release newActive,
            Grants newGrants,
            SecurityLevel newLevel,
            Optional<String> newConsent,
            ObjectNode newConfig,
            long newConfigRevision,
            Mode newMode) {
        return new Plugin(
                tenant,
                id,
                newState,
                revision,
                newActive,
                newGrants,
                newLevel,
                newConsent,
                newConfig,
                newConfigRevision,
                createdAt,
                updatedAt,
                origin,
                newMode);
    }
}
