package org.storysign.plugins.plugin;

import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.manifest.PluginManifest;
import org.storysign.plugins.permission.Grants;
import org.storysign.plugins.permission.PermissionName;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

/**
 * What the plugins of a tenant may have at all, whoever agrees: held when one is enabled and whenever it is loaded.
 *
 * @param usual where a plugin runs when nobody says; its manifest may ask for a stricter level
 * @param loosest no plugin runs at a looser level
 * @param never permissions that no plugin is granted
 * @param mostPlugins installed at the same time; empty for any number
 * @param revision steps with each change; 0 when nobody wrote a policy
 */
public record TenantPolicy(
        SecurityLevel usual, SecurityLevel loosest, Set<PermissionName> never, OptionalInt mostPlugins, long revision) {

    /** Of tenants for whom nobody wrote one. */
    public static final TenantPolicy USUAL =
            new TenantPolicy(SecurityLevel.STANDARD, SecurityLevel.MINIMAL, Set.of(), OptionalInt.empty(), 0);

    public TenantPolicy {
        never = Set.copyOf(never);
        if (!usual.atLeastAsStrictAs(loosest)) {
            throw new IllegalArgumentException("the usual level `" + usual.publicName()
                    + "` is looser than the loosest that is allowed, `" + loosest.publicName() + "`");
        }
    }

    public TenantPolicy at(long otherRevision) {
        return new TenantPolicy(usual, loosest, never, mostPlugins, otherRevision);
    }

    /** The level nobody needs to agree to: the usual one, or the stricter one the manifest asks for. */
    public SecurityLevel usualLevel(PluginManifest manifest) {
        return manifest.sandbox()
                .level()
                .filter(asked -> asked.atLeastAsStrictAs(usual))
                .orElse(usual);
    }

    /** Fails with {@code policy-forbids}, saying what. */
    public void require(PluginId plugin, Grants grants, SecurityLevel level) {
        if (!level.atLeastAsStrictAs(loosest)) {
            throw forbids(
                    plugin,
                    "the level `" + level.publicName() + "`; its `loosest_level` is `" + loosest.publicName() + "`",
                    Map.of(FactKey.LEVEL, level.publicName(), FactKey.EXPECTED, loosest.publicName()));
        }
        grants.names().stream().filter(never::contains).sorted().findFirst().ifPresent(name -> {
            throw forbids(
                    plugin,
                    "`" + name.publicName() + "`, which its `never_granted` names",
                    Map.of(FactKey.PERMISSION, name.publicName()));
        });
    }

    /** Whether one more plugin may be installed beside so many. Fails with {@code policy-forbids}. */
    public void requireRoom(PluginId plugin, long installed) {
        if (mostPlugins.isPresent() && installed >= mostPlugins.getAsInt()) {
            throw forbids(
                    plugin,
                    "more than " + mostPlugins.getAsInt() + " plugins, its `most_plugins`; uninstall one first",
                    Map.of(FactKey.LIMIT, mostPlugins.getAsInt(), FactKey.FOUND, installed));
        }
    }

    private static ProblemException forbids(PluginId plugin, String what, Map<FactKey, Object> facts) {
        Map<FactKey, Object> all = new java.util.EnumMap<>(facts);
        all.put(FactKey.PLUGIN, plugin.value());
        return new ProblemException(
                ProblemCode.POLICY_FORBIDS, "the tenant's policy does not allow plugin `" + plugin + "` " + what, all);
    }
}
