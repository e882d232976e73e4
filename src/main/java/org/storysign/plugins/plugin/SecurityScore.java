package org.storysign.plugins.plugin;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.manifest.EndpointDeclaration;
import org.storysign.plugins.permission.DangerousCombination;
import org.storysign.plugins.permission.PermissionName;
import org.storysign.plugins.permission.Risk;
import org.storysign.plugins.wasm.scan.ModuleFacts;

/**
 * How much there is to look at before a plugin is trusted: 100 less a weight for each reason, never below 0. The same evidence always gives the
 * same score. It ranks what to look at first; it does not say that code is harmless.
 *
 * @param points 0 to 100
 * @param reasons what was taken off and why, the heaviest first
 */
public record SecurityScore(int points, List<Reason> reasons) {

    /** One thing that was taken off for; {@code words} follow "the plugin". */
    public record Reason(String code, int weight, String words) {}

    private static final int BEST = 100;
    private static final int BLOCKED = 100;
    private static final int FIRST_SECRET = 25;
    private static final int OTHER_SECRET = 5;
    private static final int MOST_SECRETS = 40;
    private static final int PAIR = 15;
    private static final int MANY = 5;
    private static final int HIGH_RISK = 8;
    private static final int MEDIUM_RISK = 3;
    private static final int EXCESS = 4;
    private static final int UNDECLARED = 8;
    private static final int UNSIGNED = 10;
    private static final int BAD_SIGNATURE = 20;
    private static final int LOOSE_LEVEL = 10;
    private static final int KEPT_INSTANCES = 5;
    private static final int PUBLIC_ENDPOINTS = 5;
    private static final int FOREIGN_HOSTS = 3;
    private static final int DENSE = 5;
    private static final long DENSE_BYTES = 64 * 1024;
    private static final int UNREADABLE = 30;
    private static final int FEW_DENIALS = 3;
    private static final int MANY_DENIALS = 10;
    private static final long MANY_FROM = 100;

    public SecurityScore {
        reasons = List.copyOf(reasons);
    }

    static SecurityScore of(Evidence evidence) {
        List<Reason> reasons = new ArrayList<>();
        evidence.block()
                .ifPresent(block -> reasons.add(new Reason("blocked", BLOCKED, "is blocked: " + block.reason())));
        evidence.facts()
                .ifPresentOrElse(
                        facts -> addFacts(facts, evidence, reasons),
                        () -> reasons.add(new Reason("unreadable", UNREADABLE, "has a module that cannot be read")));
        addGrants(evidence, reasons);
        addSignature(evidence.signature(), reasons);
        addManner(evidence.plugin(), reasons);
        addDenials(evidence.denials(), reasons);
        reasons.sort(Comparator.comparingInt(Reason::weight).reversed().thenComparing(Reason::code));
        int all = reasons.stream().mapToInt(Reason::weight).sum();
        return new SecurityScore(Math.max(0, BEST - all), reasons);
    }

    private static void addFacts(ModuleFacts facts, Evidence evidence, List<Reason> reasons) {
        long secrets = facts.secrets().size() + facts.moreSecrets();
        if (secrets > 0) {
            long weight = Math.min(MOST_SECRETS, FIRST_SECRET + OTHER_SECRET * (secrets - 1));
            reasons.add(new Reason(
                    "embedded-secrets",
                    (int) weight,
                    "has " + count(secrets, "thing") + " in it that look like secrets"));
        }
        Set<String> foreign = new TreeSet<>(facts.hosts());
        foreign.removeAll(evidence.grants().hosts());
        if (!foreign.isEmpty()) {
            reasons.add(new Reason(
                    "foreign-hosts",
                    FOREIGN_HOSTS,
                    "names " + count(foreign.size(), "host") + " that it may not reach"));
        }
        if (facts.data().denseBytes() >= DENSE_BYTES) {
            reasons.add(new Reason(
                    "dense-data",
                    DENSE,
                    "carries " + facts.data().denseBytes() / 1024
                            + " KiB that nobody can read: encrypted or compressed"));
        }
    }

    private static void addGrants(Evidence evidence, List<Reason> reasons) {
        Set<PermissionName> names = evidence.grants().names();
        for (DangerousCombination danger : DangerousCombination.among(names)) {
            reasons.add(
                    danger.isPair()
                            ? new Reason(
                                    "dangerous-pair",
                                    PAIR,
                                    danger.warning(evidence.grants().hosts()))
                            : new Reason("many-permissions", MANY, danger.warning()));
        }
        addRisk("high-risk-permissions", Risk.HIGH, HIGH_RISK, names, reasons);
        addRisk("medium-risk-permissions", Risk.MEDIUM, MEDIUM_RISK, names, reasons);
        List<PermissionName> excess = evidence.use().excess();
        if (!excess.isEmpty()) {
            reasons.add(new Reason(
                    "unused-permissions",
                    EXCESS * excess.size(),
                    "asks for " + count(excess.size(), "permission") + " that nothing in it can use"));
        }
        int undeclared = evidence.use().undeclared().size();
        if (undeclared > 0) {
            reasons.add(new Reason(
                    "undeclared-imports",
                    UNDECLARED * undeclared,
                    "imports " + count(undeclared, "function") + " it does not ask a permission for"));
        }
    }

    private static void addRisk(String code, Risk risk, int weight, Set<PermissionName> names, List<Reason> reasons) {
        int found = (int) names.stream().filter(name -> name.risk() == risk).count();
        if (found > 0) {
            reasons.add(new Reason(
                    code,
                    weight * found,
                    "has " + count(found, "permission") + " of " + risk.name().toLowerCase(Locale.ROOT) + " risk"));
        }
    }

    private static void addSignature(SignatureStanding signature, List<Reason> reasons) {
        if (signature.refusal().isPresent()) {
            reasons.add(
                    new Reason("bad-signature", BAD_SIGNATURE, "has signatures that do not count or do not suffice"));
        } else if (signature.signedBy().isEmpty()) {
            reasons.add(new Reason("unsigned", UNSIGNED, "is signed by nobody who is trusted"));
        }
    }

    private static void addManner(Plugin plugin, List<Reason> reasons) {
        if (plugin.level() == SecurityLevel.MINIMAL) {
            reasons.add(new Reason("loose-level", LOOSE_LEVEL, "runs at level `minimal`, with the largest limits"));
        }
        if (plugin.keepsInstances()) {
            reasons.add(new Reason("kept-instances", KEPT_INSTANCES, "keeps its memory between calls"));
        }
        long open = plugin.active().manifest().endpoints().stream()
                .filter(endpoint -> endpoint.auth() == EndpointDeclaration.Auth.PUBLIC)
                .count();
        if (open > 0) {
            reasons.add(new Reason(
                    "public-endpoints", PUBLIC_ENDPOINTS, "answers anybody at " + count(open, "address", "addresses")));
        }
    }

    private static void addDenials(List<Denied> denials, List<Reason> reasons) {
        long denied = denials.stream().mapToLong(Denied::count).sum();
        if (denied > 0) {
            reasons.add(new Reason(
                    "denials",
                    denied >= MANY_FROM ? MANY_DENIALS : FEW_DENIALS,
                    "was denied something " + count(denied, "time")));
        }
    }

    private static String count(long number, String what) {
        return count(number, what, what + "s");
    }

    private static String count(long number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }
}
