package org.storysign.plugins.plugin;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.manifest.Version;
import org.storysign.plugins.plugin.DependencyPlan.Issue;
import org.storysign.plugins.plugin.DependencyPlan.Kind;
import org.storysign.plugins.plugin.DependencyPlan.Step;

/**
 * Works out {@link DependencyPlan}s: what one plugin needs, directly or by way of others, held against what is installed and against whoever
 * serves and needs the same. The same plugins always give the same plan, in the order of their ids where there is no other.
 */
final class DependencyResolver {

    private final Map<PluginId, Dependency> known = new HashMap<>();

    /** @param known every plugin that is enabled, and every one that the asked ones need and that is installed */
    DependencyResolver(Collection<Dependency> known) {
        known.forEach(each -> this.known.put(each.id(), each));
    }

    /** What {@code wanted} needs, whatever is known under its id. */
    DependencyPlan plan(Dependency wanted) {
        known.put(wanted.id(), wanted);
        List<PluginId> order = new ArrayList<>();
        visit(wanted.id(), new HashSet<>(), order);
        List<Issue> issues = new ArrayList<>();
        order.stream().sorted().forEach(id -> unfit(id, new HashSet<>(order)).ifPresent(issues::add));
        issues.addAll(cycles(order));
        List<Step> steps = order.stream()
                .filter(id -> !id.equals(wanted.id()))
                .flatMap(id -> Optional.ofNullable(known.get(id)).stream())
                .filter(each -> !each.enabled())
                .map(each -> new Step(each.id().value(), each.version().value()))
                .toList();
        return new DependencyPlan(wanted.id().value(), wanted.version().value(), steps, issues);
    }

    /** Who serves and needs it, directly or by way of others: in an order in which they can be disabled. */
    List<PluginId> dependents(PluginId id) {
        Set<PluginId> found = new LinkedHashSet<>();
        Deque<PluginId> waiting = new ArrayDeque<>(List.of(id));
        while (!waiting.isEmpty()) {
            PluginId needed = waiting.remove();
            known.values().stream()
                    .filter(each -> each.enabled() && each.needs().containsKey(needed))
                    .map(Dependency::id)
                    .filter(each -> !each.equals(id))
                    .sorted()
                    .filter(found::add)
                    .forEach(waiting::add);
        }
        List<PluginId> order = new ArrayList<>();
        Set<PluginId> seen = new HashSet<>();
        found.stream().sorted().forEach(each -> visit(each, seen, order));
        order.retainAll(found);
        return order.reversed();
    }

    /** Those it needs before itself. */
    private void visit(PluginId id, Set<PluginId> seen, List<PluginId> order) {
        if (!seen.add(id)) {
            return;
        }
        needs(id).forEach(needed -> visit(needed, seen, order));
        order.add(id);
    }

    private SortedSet<PluginId> needs(PluginId id) {
        return new TreeSet<>(Optional.ofNullable(known.get(id))
                .map(each -> each.needs().keySet())
                .orElse(Set.of()));
    }

    /** Whether it is there in a version that fits all who need it: those of the plan and those who serve. */
    private Optional<Issue> unfit(PluginId id, Set<PluginId> planned) {
        SortedMap<String, String> demands = new TreeMap<>();
        known.values().stream()
                .filter(each -> each.enabled() || planned.contains(each.id()))
                .forEach(each -> Optional.ofNullable(each.needs().get(id))
                        .ifPresent(range -> demands.put(each.id().value(), range)));
        Dependency found = known.get(id);
        if (found == null) {
            return Optional.of(new Issue(
                    Kind.MISSING.publicName(),
                    id.value(),
                    null,
                    demands,
                    List.of(),
                    List.of(),
                    "`" + id + "` is not installed: " + words(demands)));
        }
        if (fits(found.version(), demands.values())) {
            return Optional.empty();
        }
        List<String> fits = found.releases().stream()
                .filter(version -> fits(version, demands.values()))
                .map(Version::value)
                .toList();
        boolean eachAlone = demands.values().stream()
                .allMatch(range -> found.releases().stream().anyMatch(version -> version.satisfies(range)));
        Kind kind = fits.isEmpty() && eachAlone ? Kind.CONFLICT : Kind.UNFIT;
        return Optional.of(new Issue(
                kind.publicName(),
                id.value(),
                found.version().value(),
                demands,
                fits,
                List.of(),
                words(found, kind, fits, demands)));
    }

    private static boolean fits(Version version, Collection<String> ranges) {
        return ranges.stream().allMatch(version::satisfies);
    }

    private static String words(Dependency found, Kind kind, List<String> fits, Map<String, String> demands) {
        String what = kind == Kind.CONFLICT
                ? "no release of `" + found.id() + "` fits all who need it: "
                : "`" + found.id() + "` " + found.version() + " does not fit: ";
        String advice = fits.isEmpty() ? "" : "; activate " + fits.getLast() + " of it";
        return what + words(demands) + advice;
    }

    private static String words(Map<String, String> demands) {
        return demands.entrySet().stream()
                .map(demand -> "`" + demand.getKey() + "` needs " + demand.getValue())
                .collect(Collectors.joining(", "));
    }

    /** One for each set of plugins that all need one another, the least first. */
    private List<Issue> cycles(List<PluginId> planned) {
        List<Issue> cycles = new ArrayList<>();
        Set<PluginId> told = new HashSet<>();
        for (PluginId id : planned.stream().sorted().toList()) {
            if (!told.contains(id)) {
                circle(id).ifPresent(circle -> {
                    told.addAll(together(id));
                    List<String> members = circle.stream().map(PluginId::value).toList();
                    cycles.add(new Issue(
                            Kind.CYCLE.publicName(),
                            id.value(),
                            null,
                            Map.of(),
                            List.of(),
                            members,
                            "plugins need each other in a circle: " + String.join(" → ", members)));
                });
            }
        }
        return cycles;
    }

    /** The shortest way from a plugin back to itself. */
    private Optional<List<PluginId>> circle(PluginId id) {
        Map<PluginId, List<PluginId>> ways = new HashMap<>();
        Deque<PluginId> waiting = new ArrayDeque<>(List.of(id));
        ways.put(id, List.of(id));
        while (!waiting.isEmpty()) {
            PluginId at = waiting.remove();
            List<PluginId> way = ways.getOrDefault(at, List.of());
            for (PluginId next : needs(at)) {
                List<PluginId> longer = new ArrayList<>(way);
                longer.add(next);
                if (next.equals(id)) {
                    return Optional.of(longer);
                }
                if (ways.putIfAbsent(next, longer) == null) {
                    waiting.add(next);
                }
            }
        }
        return Optional.empty();
    }

    /** All that it needs and that need it. */
    private Set<PluginId> together(PluginId id) {
        return reach(id).stream().filter(each -> reach(each).contains(id)).collect(Collectors.toSet());
    }

    private Set<PluginId> reach(PluginId id) {
        List<PluginId> order = new ArrayList<>();
        visit(id, new HashSet<>(), order);
        return new HashSet<>(order);
    }
}
