package org.storysign.plugins.plugin;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.storysign.plugins.audit.AuditAction;
import org.storysign.plugins.identity.Digest;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.manifest.PluginManifest;
import org.storysign.plugins.manifest.SandboxConfig;
import org.storysign.plugins.permission.ConsentChange;
import org.storysign.plugins.permission.DangerousCombination;
import org.storysign.plugins.permission.GrantReader;
import org.storysign.plugins.permission.Grants;
import org.storysign.plugins.permission.PermissionName;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

/**
 * What a plugin would be given if it were enabled now, and whether somebody has agreed to that.
 *
 * @param grants what it would be given
 * @param level where it would run
 * @param consentId names exactly this offer: package, grants and level
 * @param changes what is different from what was agreed to last
 * @param usual the level at which it needs nobody's consent
 */
record EnableOffer(
        Grants grants, SecurityLevel level, String consentId, List<ConsentChange> changes, SecurityLevel usual) {

    private static final List<PermissionName> NEVER_ISOLATED =
            List.of(PermissionName.NETWORK_ACCESS, PermissionName.FILESYSTEM_WRITE);

    /**
     * The offer that follows from a request. Fails with {@code request-invalid}, {@code permission-unavailable},
     * {@code permission-not-granted} or {@code policy-forbids}.
     */
    static EnableOffer of(Plugin plugin, EnableRequest request, TenantPolicy policy) {
        PluginManifest manifest = plugin.active().manifest();
        GrantReader reader = new GrantReader(manifest.permissions());
        reader.refuseReserved();
        Grants grants = request.grants().map(reader::read).orElseGet(() -> reader.narrowed(plugin.grants()));
        requireAll(reader.missing(grants), plugin);
        return of(plugin, plugin.active(), grants, request.level().orElse(policy.usualLevel(manifest)), policy);
    }

    /**
     * What follows when {@code plugin} goes to another release: without a word on grants, what {@link GrantReader#carriedOver} says;
     * without one on the level, the usual one, or the one that somebody chose. Fails as {@link #of(Plugin, EnableRequest, TenantPolicy)}.
     */
    static EnableOffer of(Plugin plugin, Release target, EnableRequest request, TenantPolicy policy) {
        PluginManifest from = plugin.active().manifest();
        PluginManifest to = target.manifest();
        GrantReader reader = new GrantReader(to.permissions());
        reader.refuseReserved();
        Grants grants = request.grants()
                .map(reader::read)
                .orElseGet(() -> reader.carriedOver(plugin.grants(), from.permissions()));
        requireAll(reader.missing(grants), plugin.with(target));
        SecurityLevel usual = plugin.level() == policy.usualLevel(from) ? policy.usualLevel(to) : plugin.level();
        return of(plugin, target, grants, request.level().orElse(usual), policy);
    }

    /**
     * All that the active release asks for, until somebody agreed to something; then what was given, as far as it is still asked for, and what
     * it cannot run without. Of a plugin that serves, what it has. Fails as {@link #of(Plugin, EnableRequest)}.
     */
    static EnableOffer proposed(Plugin plugin, TenantPolicy policy) {
        if (plugin.state() instanceof PluginState.Enabled) {
            return of(plugin, plugin.active(), plugin.grants(), plugin.level(), policy);
        }
        PluginManifest manifest = plugin.active().manifest();
        GrantReader reader = new GrantReader(manifest.permissions());
        reader.refuseReserved();
        boolean isFirst = plugin.consent().isEmpty() && plugin.grants().equals(Grants.NONE);
        Grants grants = isFirst ? reader.everything() : reader.carriedOver(plugin.grants(), manifest.permissions());
        return of(plugin, plugin.active(), grants, policy.usualLevel(manifest), policy);
    }

    private static EnableOffer of(
            Plugin plugin, Release target, Grants grants, SecurityLevel level, TenantPolicy policy) {
        policy.require(plugin.id(), grants, level);
        requireGrantable(grants, level);
        String consentId = consentId(target, grants, level);
        SecurityLevel usual = policy.usualLevel(target.manifest());
        List<ConsentChange> changes = plugin.consent().equals(Optional.of(consentId))
                ? List.of()
                : new ConsentDifference(plugin, target, agreedToAsItIs(plugin.with(target)), usual)
                        .changes(grants, level);
        return new EnableOffer(grants, level, consentId, changes, usual);
    }

    /** What it could do that nobody has agreed to yet, in plain words. */
    List<String> wider() {
        return changes.stream()
                .filter(ConsentChange::needsConsent)
                .map(ConsentChange::words)
                .toList();
    }

    /** The consent to keep. Fails with {@code consent-required} when what is wider was not agreed to by its id. */
    Optional<String> agreed(EnableRequest request, Plugin plugin, PermissionUse use) {
        if (wider().isEmpty()) {
            return plugin.consent().map(before -> consentId);
        }
        if (request.consent().equals(Optional.of(consentId))) {
            return Optional.of(consentId);
        }
        throw new ProblemException(
                ProblemCode.CONSENT_REQUIRED,
                "plugin `" + plugin.id() + "` " + String.join("; ", wider()) + ". Repeat the call with `\"consent\": \""
                        + consentId + "\"` to agree",
                Map.of(
                        FactKey.CONSENT,
                        consentId,
                        FactKey.DIFFERENCE,
                        wider(),
                        FactKey.OFFER,
                        ConsentSheet.of(plugin, this, use)));
    }

    /** Whether somebody agreed that its instances are kept: to this release, with these grants. */
    static boolean keepsInstances(Plugin plugin) {
        return asksForPool(plugin.active()) && agreedToAsItIs(plugin);
    }

    static boolean asksForPool(Release release) {
        return release.manifest().sandbox().instance() == SandboxConfig.InstancePolicy.POOLED;
    }

    private static boolean agreedToAsItIs(Plugin plugin) {
        return plugin.consent().equals(Optional.of(consentId(plugin.active(), plugin.grants(), plugin.level())));
    }

    /** What strict levels never allow, whoever agrees. */
    private static void requireGrantable(Grants grants, SecurityLevel level) {
        if (level == SecurityLevel.ISOLATED) {
            for (PermissionName never : NEVER_ISOLATED) {
                if (grants.allows(never)) {
                    throw unavailable("`" + never.publicName() + "` is never granted", never.publicName(), level);
                }
            }
        }
        if (level.atLeastAsStrictAs(SecurityLevel.STRICT)) {
            DangerousCombination.among(grants.names()).stream()
                    .filter(DangerousCombination::isPair)
                    .findFirst()
                    .ifPresent(pair -> {
                        throw unavailable("a plugin that " + pair.warning() + " is not enabled", names(pair), level);
                    });
        }
    }

    private static String names(DangerousCombination pair) {
        return pair.names().stream().map(PermissionName::publicName).sorted().collect(Collectors.joining(", "));
    }

    private static ProblemException unavailable(String what, String permission, SecurityLevel level) {
        return new ProblemException(
                ProblemCode.PERMISSION_UNAVAILABLE,
                what + " at level `" + level.publicName() + "`",
                Map.of(FactKey.PERMISSION, permission, FactKey.LEVEL, level.publicName()));
    }

    private static void requireAll(Set<PermissionName> missing, Plugin plugin) {
        if (missing.isEmpty()) {
            return;
        }
        List<String> names = missing.stream().map(PermissionName::publicName).toList();
        throw new ProblemException(
                ProblemCode.PERMISSION_NOT_GRANTED,
                "plugin `" + plugin.id() + "` " + plugin.active().manifest().version() + " needs "
                        + String.join(", ", names) + ", which `grants` does not give",
                Map.of(FactKey.PERMISSION, names, FactKey.PLUGIN, plugin.id().value()));
    }

    private static String consentId(Release release, Grants grants, SecurityLevel level) {
        List<String> parts = new ArrayList<>();
        parts.add(release.packageDigest().value());
        parts.add(level.publicName());
        grants.names().stream().map(PermissionName::publicName).sorted().forEach(parts::add);
        parts.add("hosts");
        parts.addAll(new TreeSet<>(grants.hosts()));
        parts.add("methods");
        parts.addAll(new TreeSet<>(grants.methods()));
        if (asksForPool(release)) {
            parts.add("instances kept");
        }
        return Digest.of(String.join("\n", parts).getBytes(StandardCharsets.UTF_8))
                .hex()
                .substring(0, 32);
    }

    /** What beginning to enable it is in the audit trail: the consent, when one is given with it. */
    AuditAction begunAs(AuditAction otherwise) {
        return wider().isEmpty() ? otherwise : AuditAction.CONSENT_GIVE;
    }

    /** What the audit trail keeps when it begins, what was consented to among it. */
    Map<String, Object> begunFacts() {
        Map<String, Object> facts = facts("begun");
        if (!wider().isEmpty()) {
            facts.put("consent", consentId);
            facts.put("difference", wider());
        }
        return facts;
    }

    /** What it keeps when it is done. */
    Map<String, Object> doneFacts() {
        return facts("done");
    }

    private Map<String, Object> facts(String phase) {
        return new HashMap<>(Map.of(
                "permissions",
                grants.names().stream().map(PermissionName::publicName).sorted().toList(),
                "hosts",
                grants.hosts().stream().sorted().toList(),
                "level",
                level.publicName(),
                "phase",
                phase));
    }
}
