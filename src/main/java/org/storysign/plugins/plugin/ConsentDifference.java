package org.storysign.plugins.plugin;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.storysign.plugins.limits.Limits;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.manifest.EndpointDeclaration;
import org.storysign.plugins.manifest.PluginManifest;
import org.storysign.plugins.permission.ConsentChange;
import org.storysign.plugins.permission.ConsentChange.Kind;
import org.storysign.plugins.permission.Grants;
import org.storysign.plugins.permission.PlainWords;

/**
 * What would be different from what was agreed to last.
 *
 * @param agreed the plugin with its release and what was given at the last consent
 * @param next the release that would run
 * @param sameRelease whether the last consent was to exactly this release, with the grants and level the plugin has
 * @param usual the level at which the release needs nobody's consent
 */
record ConsentDifference(Plugin agreed, Release next, boolean sameRelease, SecurityLevel usual) {

    /** Its grants are always compared; endpoints and kept instances only count as agreed to if it was this very release. */
    List<ConsentChange> changes(Grants grants, SecurityLevel level) {
        Grants before = agreed.consent().isPresent() ? agreed.grants() : Grants.NONE;
        List<ConsentChange> changes =
                new ArrayList<>(new PlainWords(next.manifest().permissions()).changes(before, grants));
        if (!sameRelease) {
            addEndpoints(changes);
            addInstances(changes);
        }
        addLevel(level, changes);
        addLimits(level, changes);
        return changes;
    }

    private void addEndpoints(List<ConsentChange> changes) {
        Set<String> open = publicEndpoints(next.manifest());
        open.forEach(endpoint -> changes.add(
                ConsentChange.wider(Kind.ADDED, "endpoint", List.of(endpoint), "answers anybody at " + endpoint)));
        Set<String> closed = new TreeSet<>(publicEndpoints(agreed.active().manifest()));
        closed.removeAll(open);
        closed.forEach(endpoint -> changes.add(ConsentChange.narrower(
                Kind.REMOVED, "endpoint", List.of(endpoint), "no longer answers anybody at " + endpoint)));
    }

    private static Set<String> publicEndpoints(PluginManifest manifest) {
        return manifest.endpoints().stream()
                .filter(endpoint -> endpoint.auth() == EndpointDeclaration.Auth.PUBLIC)
                .map(endpoint -> endpoint.method() + " " + endpoint.path())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void addInstances(List<ConsentChange> changes) {
        if (EnableOffer.asksForPool(next)) {
            changes.add(ConsentChange.wider(
                    Kind.ADDED,
                    "instances",
                    List.of("pooled"),
                    "keeps its memory between calls, so that what it learns of one user may reach another"));
        } else if (EnableOffer.asksForPool(agreed.active())) {
            changes.add(ConsentChange.narrower(
                    Kind.REMOVED, "instances", List.of("fresh"), "no longer keeps its memory between calls"));
        }
    }

    private void addLevel(SecurityLevel level, List<ConsentChange> changes) {
        SecurityLevel before = sameRelease ? agreed.level() : usual;
        if (!level.atLeastAsStrictAs(usual) && !level.atLeastAsStrictAs(before)) {
            changes.add(ConsentChange.wider(
                    Kind.WIDER,
                    "level",
                    List.of(level.publicName()),
                    "runs at level `" + level.publicName() + "`, with larger limits than `" + before.publicName()
                            + "`"));
        } else if (level != agreed.level() && level.atLeastAsStrictAs(agreed.level())) {
            changes.add(ConsentChange.narrower(
                    Kind.NARROWER,
                    "level",
                    List.of(level.publicName()),
                    "runs at the stricter level `" + level.publicName() + "`"));
        }
    }

    /** Limits within the level need nobody's consent, but it is good to know. */
    private void addLimits(SecurityLevel level, List<ConsentChange> changes) {
        Limits before = agreed.active().manifest().limits().lower(level.limits());
        Limits now = next.manifest().limits().lower(level.limits());
        addLimit("memory", before.memory(), now.memory(), changes);
        addLimit("fuel", before.fuel(), now.fuel(), changes);
        addLimit("run time", before.runTime(), now.runTime(), changes);
    }

    private static <T extends Comparable<? super T>> void addLimit(
            String which, T before, T now, List<ConsentChange> changes) {
        int order = now.compareTo(before);
        if (order != 0) {
            changes.add(new ConsentChange(
                    order > 0 ? Kind.WIDER : Kind.NARROWER,
                    "limits",
                    List.of(which),
                    false,
                    "may use " + (order > 0 ? "more" : "less") + " " + which + " a call"));
        }
    }
}
