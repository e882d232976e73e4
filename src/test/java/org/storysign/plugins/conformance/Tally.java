package org.storysign.plugins.conformance;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What became of the commands of one script, metered on the compiler; the other lanes agree or the test is red.
 *
 * @param passed on modules that the product accepts
 * @param skipped by what is missing: the rules by which the product refuses the module, or the text format
 * @param metered how many of the skipped ran all the same and passed, through a door to the meter that only tests have
 */
record Tally(int commands, int passed, Map<String, Integer> skipped, int metered, int failed) {

    static final Tally NONE = new Tally(0, 0, Map.of(), 0, 0);

    /** What nothing here reads. */
    static final String TEXT_FORMAT = "text format";

    static Tally of(List<ScriptRun.Step> steps) {
        int passed = 0;
        int metered = 0;
        int failed = 0;
        Map<String, Integer> skipped = new TreeMap<>();
        for (ScriptRun.Step step : steps) {
            switch (step.verdict().kind()) {
                case FAILED -> failed++;
                case SKIPPED -> skipped.merge(step.verdict().text(), 1, Integer::sum);
                case PASSED -> {
                    if (step.door().isEmpty()) {
                        passed++;
                    } else {
                        skipped.merge(step.door(), 1, Integer::sum);
                        metered++;
                    }
                }
            }
        }
        return new Tally(steps.size(), passed, skipped, metered, failed);
    }

    Tally plus(Tally other) {
        Map<String, Integer> sum = new TreeMap<>(skipped);
        other.skipped.forEach((reason, count) -> sum.merge(reason, count, Integer::sum));
        return new Tally(
                commands + other.commands, passed + other.passed, sum, metered + other.metered, failed + other.failed);
    }

    /** Commands about modules: all but those of the text format. */
    int runnable() {
        return commands - skipped.getOrDefault(TEXT_FORMAT, 0);
    }

    /** One line of the golden file. */
    String line(String name) {
        return "%s: %d commands, %d passed, %d skipped%s%s, %d failed"
                .formatted(name, commands, passed, total(), reasons(), meteredAllTheSame(), failed);
    }

    private int total() {
        return skipped.values().stream().mapToInt(Integer::intValue).sum();
    }

    private String meteredAllTheSame() {
        return metered == 0 ? "" : ", " + metered + " of them metered all the same";
    }

    private String reasons() {
        return skipped.isEmpty()
                ? ""
                : skipped.entrySet().stream()
                        .map(entry -> entry.getKey() + " " + entry.getValue())
                        .collect(Collectors.joining(", ", " (", ")"));
    }
}
