package org.storysign.plugins.plugin;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

/**
 * What has to happen before a plugin can be enabled.
 *
 * @param plugin whose plan it is
 * @param version the release it is about
 * @param enableFirst plugins that are to be enabled before, in this order
 * @param issues what stands in the way whatever is enabled
 */
public record DependencyPlan(String plugin, String version, List<Step> enableFirst, List<Issue> issues) {

    public DependencyPlan {
        enableFirst = List.copyOf(enableFirst);
        issues = List.copyOf(issues);
    }

    /** A plugin that is to be enabled before. */
    public record Step(String plugin, String version) {}

    /**
     * Something that stands in the way.
     *
     * @param kind {@code missing}, {@code unfit}, {@code conflict} or {@code cycle}
     * @param plugin which plugin does not fit
     * @param found its version; null when it is not installed
     * @param demands who needs it, and which versions of it
     * @param fits versions of it that are installed and fit everybody
     * @param members who needs whom in a circle, the first one again at its end
     */
    public record Issue(
            String kind,
            String plugin,
            @Nullable String found,
            Map<String, String> demands,
            List<String> fits,
            List<String> members,
            String words) {}

    /** What is wrong. */
    public enum Kind {
        /** It is not installed. */
        MISSING,
        /** Its active release is of another version. */
        UNFIT,
        /** Each who needs it could be content, but not all at once. */
        CONFLICT,
        /** It needs itself, by way of others. */
        CYCLE;

        public String publicName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether it can be enabled now. */
    public boolean holds() {
        return enableFirst.isEmpty() && issues.isEmpty();
    }

    /** Fails with {@code plugin-state-conflict}, naming everything, unless it can be enabled now. */
    void require() {
        if (holds()) {
            return;
        }
        Stream<String> first = enableFirst.isEmpty()
                ? Stream.empty()
                : Stream.of("enable first, in this order: "
                        + enableFirst.stream()
                                .map(step -> "`" + step.plugin() + "` " + step.version())
                                .collect(Collectors.joining(", ")));
        String all = Stream.concat(issues.stream().map(Issue::words), first).collect(Collectors.joining("; "));
        throw new ProblemException(
                ProblemCode.PLUGIN_STATE_CONFLICT,
                "plugin `" + plugin + "` " + version + " cannot serve as things are: " + all,
                Map.of(FactKey.PLUGIN, plugin, FactKey.DEPENDENCIES, this));
    }
}
