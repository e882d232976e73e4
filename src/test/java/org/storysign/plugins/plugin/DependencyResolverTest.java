package org.storysign.plugins.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.manifest.Version;
import org.storysign.plugins.plugin.DependencyPlan.Issue;
import org.storysign.plugins.plugin.DependencyPlan.Kind;
import org.storysign.plugins.plugin.DependencyPlan.Step;

class DependencyResolverTest {

    private static final List<String> RANGES = List.of("^1.0.0", ">=1.1.0 <2.0.0", "^2.0.0", ">=1.0.0");

    @Test
    void what_is_needed_by_way_of_others_comes_first() {
        DependencyPlan plan = plan(
                plugin("app", "1.0.0", "menu", "^1.0.0", "words", "^1.0.0"),
                plugin("menu", "1.2.0", "words", ">=1.1.0"),
                plugin("words", "1.3.0"));

        assertThat(plan.enableFirst()).containsExactly(new Step("words", "1.3.0"), new Step("menu", "1.2.0"));
        assertThat(plan.issues()).isEmpty();
    }

    @Test
    void nothing_is_to_be_done_when_all_of_it_serves() {
        DependencyPlan plan = plan(plugin("app", "1.0.0", "words", "^1.0.0"), enabled(plugin("words", "1.0.0")));

        assertThat(plan.holds()).isTrue();
        assertThatCode(plan::require).doesNotThrowAnyException();
    }

    @Test
    void a_circle_is_told_once_with_its_members() {
        DependencyPlan plan = plan(
                plugin("app", "1.0.0", "b", "*"),
                plugin("b", "1.0.0", "c", "*"),
                plugin("c", "1.0.0", "d", "*"),
                plugin("d", "1.0.0", "b", "*"));

        assertThat(plan.issues())
                .extracting(Issue::words)
                .containsExactly("plugins need each other in a circle: bb → cc → dd → bb");
    }

    @Test
    void two_who_exclude_each_other_are_both_named() {
        Dependency words = new Dependency(
                id("words"), version("1.0.0"), Map.of(), true, List.of(version("1.0.0"), version("2.0.0")));

        Issue conflict = plan(
                        plugin("app", "1.0.0", "words", "^2.0.0"),
                        enabled(plugin("old", "1.0.0", "words", "^1.0.0")),
                        words)
                .issues()
                .getFirst();

        assertThat(conflict.kind()).isEqualTo("conflict");
        assertThat(conflict.words())
                .isEqualTo("no release of `words` fits all who need it: `app` needs ^2.0.0, `old` needs ^1.0.0");
    }

    @Test
    void another_release_that_fits_everybody_is_named() {
        Dependency words = new Dependency(
                id("words"), version("1.0.0"), Map.of(), true, List.of(version("1.0.0"), version("1.2.0")));

        Issue unfit = plan(
                        plugin("app", "1.0.0", "words", "^1.2.0"),
                        enabled(plugin("old", "1.0.0", "words", "^1.0.0")),
                        words)
                .issues()
                .getFirst();

        assertThat(unfit.kind()).isEqualTo("unfit");
        assertThat(unfit.fits()).containsExactly("1.2.0");
        assertThat(unfit.words()).endsWith("; activate 1.2.0 of it");
    }

    @Test
    void those_who_need_it_are_named_in_an_order_in_which_they_can_be_disabled() {
        DependencyResolver resolver = new DependencyResolver(List.of(
                enabled(plugin("words", "1.0.0")),
                enabled(plugin("menu", "1.0.0", "words", "*")),
                enabled(plugin("app", "1.0.0", "menu", "*", "words", "*")),
                plugin("asleep", "1.0.0", "words", "*")));

        assertThat(resolver.dependents(id("words"))).containsExactly(id("app"), id("menu"));
    }

    @Test
    void every_plan_of_random_plugins_is_in_order_and_refuses_exactly_what_has_to_be() {
        for (int seed = 0; seed < 3000; seed++) {
            Random random = new Random(seed);
            Map<PluginId, Dependency> known = random(random);
            Dependency wanted = Objects.requireNonNull(known.get(id("p0")));

            DependencyPlan plan = new DependencyResolver(known.values()).plan(wanted);

            Oracle oracle = new Oracle(known, wanted.id());
            assertThat(names(plan, Kind.MISSING)).as("missing, seed %d", seed).isEqualTo(oracle.missing());
            Set<String> unfit = new HashSet<>(names(plan, Kind.UNFIT));
            unfit.addAll(names(plan, Kind.CONFLICT));
            assertThat(unfit).as("unfit, seed %d", seed).isEqualTo(oracle.unfit());
            assertThat(names(plan, Kind.CYCLE).isEmpty())
                    .as("circle, seed %d", seed)
                    .isEqualTo(!oracle.isCircular());
            List<String> steps = plan.enableFirst().stream().map(Step::plugin).toList();
            assertThat(steps).as("steps, seed %d", seed).containsExactlyInAnyOrderElementsOf(oracle.asleep());
            if (!oracle.isCircular()) {
                oracle.requireOrder(steps);
            }
        }
    }

    /** The same questions, answered by trying. */
    private record Oracle(Map<PluginId, Dependency> known, PluginId wanted) {

        Dependency of(PluginId id) {
            return Objects.requireNonNull(known.get(id));
        }

        Set<PluginId> closure() {
            Set<PluginId> all = new HashSet<>(Set.of(wanted));
            while (true) {
                Set<PluginId> more = all.stream()
                        .filter(known::containsKey)
                        .flatMap(each -> of(each).needs().keySet().stream())
                        .collect(Collectors.toSet());
                if (!all.addAll(more)) {
                    return all;
                }
            }
        }

        Set<String> missing() {
            return closure().stream()
                    .filter(each -> !known.containsKey(each))
                    .map(PluginId::value)
                    .collect(Collectors.toSet());
        }

        Set<String> unfit() {
            Set<PluginId> closure = closure();
            Set<String> unfit = new HashSet<>();
            for (Dependency by : known.values()) {
                by.needs().forEach((needed, range) -> {
                    boolean counts = closure.contains(needed) && (by.enabled() || closure.contains(by.id()));
                    if (counts
                            && known.containsKey(needed)
                            && !of(needed).version().satisfies(range)) {
                        unfit.add(needed.value());
                    }
                });
            }
            return unfit;
        }

        /** Takes away what needs nothing that is left, until nothing goes. */
        boolean isCircular() {
            Set<PluginId> left = new HashSet<>(closure());
            left.retainAll(known.keySet());
            while (left.removeIf(each -> of(each).needs().keySet().stream().noneMatch(left::contains))) {}
            return !left.isEmpty();
        }

        Set<String> asleep() {
            return closure().stream()
                    .filter(each -> !each.equals(wanted) && known.containsKey(each))
                    .filter(each -> !of(each).enabled())
                    .map(PluginId::value)
                    .collect(Collectors.toSet());
        }

        void requireOrder(List<String> steps) {
            for (int at = 0; at < steps.size(); at++) {
                Set<String> before = new HashSet<>(steps.subList(0, at));
                for (PluginId needed : of(id(steps.get(at))).needs().keySet()) {
                    assertThat(!steps.contains(needed.value()) || before.contains(needed.value()))
                            .as("%s before %s in %s", needed, steps.get(at), steps)
                            .isTrue();
                }
            }
        }
    }

    private static Map<PluginId, Dependency> random(Random random) {
        int count = 1 + random.nextInt(9);
        int density = 1 + random.nextInt(4);
        Map<PluginId, Dependency> known = new HashMap<>();
        for (int index = 0; index < count; index++) {
            Map<PluginId, String> needs = new HashMap<>();
            for (int need = 0; need < random.nextInt(density + 1); need++) {
                int other = random.nextInt(3) == 0 ? random.nextInt(count + 1) : index + 1 + random.nextInt(3);
                if (other != index) {
                    needs.put(id("p" + other), RANGES.get(random.nextInt(RANGES.size())));
                }
            }
            Version version =
                    version(List.of("1.0.0", "1.2.0", "1.9.9", "2.0.0").get(random.nextInt(4)));
            PluginId id = id("p" + index);
            known.put(id, new Dependency(id, version, needs, index > 0 && random.nextBoolean(), List.of(version)));
        }
        return known;
    }

    private static Set<String> names(DependencyPlan plan, Kind kind) {
        return plan.issues().stream()
                .filter(issue -> issue.kind().equals(kind.publicName()))
                .map(Issue::plugin)
                .collect(Collectors.toSet());
    }

    private static DependencyPlan plan(Dependency wanted, Dependency... others) {
        List<Dependency> known = new ArrayList<>(Arrays.asList(others));
        return new DependencyResolver(known).plan(wanted);
    }

    private static Dependency plugin(String id, String version, String... needs) {
        Map<PluginId, String> ranges = new TreeMap<>();
        for (int at = 0; at < needs.length; at += 2) {
            ranges.put(id(needs[at]), needs[at + 1]);
        }
        return new Dependency(id(id), version(version), ranges, false, List.of(version(version)));
    }

    private static Dependency enabled(Dependency plugin) {
        return new Dependency(plugin.id(), plugin.version(), plugin.needs(), true, plugin.releases());
    }

    private static PluginId id(String text) {
        return new PluginId(text.length() < 2 ? text + text : text);
    }

    private static Version version(String text) {
        return new Version(text);
    }
}
