package org.storysign.plugins.plugin;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.permission.Grants;
import org.storysign.plugins.permission.Permission;
import org.storysign.plugins.permission.PermissionName;
import org.storysign.plugins.wasm.scan.Finding;
import org.storysign.plugins.wasm.scan.ModuleFacts;

/**
 * Everything an operator may want to know of a plugin before trusting it. Secrets are never in it, only that and where there is one.
 *
 * @param score 0 to 100, the less the more there is to look at
 * @param reasons what was taken off and why, the heaviest first
 * @param blocked why it must not run; null when it may
 * @param module what its bytes tell; null when they cannot be read
 * @param findings what the scan said when it was brought
 * @param permissions what it asks for, what it was given, and what can use it
 * @param warnings dangerous pairs, excess, imports nobody asked a permission for
 * @param denials what it was denied so far, the most frequent first
 * @param limits how near to its limits it came lately, and how often it ran into them
 * @param dependencies what it needs
 */
public record SecurityReport(
        String plugin,
        String version,
        String state,
        String securityLevel,
        int score,
        List<SecurityScore.Reason> reasons,
        @Nullable String blocked,
        String packageDigest,
        String moduleDigest,
        @Nullable ModuleFacts module,
        List<FindingLine> findings,
        List<GrantLine> permissions,
        List<ConsentSheet.WarningView> warnings,
        SignatureStanding signature,
        List<Denied> denials,
        LimitUse limits,
        DependencyPlan dependencies) {

    /** What the scan saw. */
    public record FindingLine(String rule, String severity, String where, String message) {

        static FindingLine of(Finding finding) {
            return new FindingLine(
                    finding.rule(),
                    finding.severity().name().toLowerCase(Locale.ROOT),
                    finding.where(),
                    finding.message());
        }
    }

    /** A permission that was asked for. */
    public record GrantLine(
            String name, String risk, boolean optional, boolean granted, List<String> hosts, List<String> usedBy) {}

    static SecurityReport of(Evidence evidence, DependencyPlan dependencies, LimitUse limits) {
        Plugin plugin = evidence.plugin();
        Release release = plugin.active();
        SecurityScore score = SecurityScore.of(evidence);
        return new SecurityReport(
                plugin.id().value(),
                release.manifest().version().value(),
                plugin.state().publicName(),
                plugin.level().publicName(),
                score.points(),
                score.reasons(),
                evidence.block().map(BlockedDigest::reason).orElse(null),
                release.packageDigest().value(),
                release.moduleDigest().value(),
                evidence.facts().orElse(null),
                release.scan().findings().stream().map(FindingLine::of).toList(),
                release.manifest().permissions().stream()
                        .map(asked -> line(asked, plugin.grants(), evidence.use()))
                        .toList(),
                ConsentSheet.warnings(evidence.grants(), evidence.use()),
                evidence.signature(),
                evidence.denials(),
                limits,
                dependencies);
    }

    private static GrantLine line(Permission asked, Grants grants, PermissionUse use) {
        PermissionName name = asked.name();
        return new GrantLine(
                name.publicName(),
                name.risk().name().toLowerCase(Locale.ROOT),
                asked.optional(),
                grants.allows(name),
                name == PermissionName.NETWORK_ACCESS
                        ? grants.hosts().stream().sorted().toList()
                        : List.of(),
                use.users(name));
    }
}
