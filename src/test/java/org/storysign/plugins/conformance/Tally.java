package org.storysign.plugins.conformance;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What became of the commands of one script, metered on the compiler; the other lanes agree or the test is red.
 *
 * @param accepted passed on modules that the product accepts
 * @param door passed on modules that the product refuses, by the rules that refuse them
 * @param skipped by the feature that is missing
 */
record Tally(int commands, int accepted, Map<String, Integer> door, Map<String, Integer> skipped, int failed) {

    static final Tally NONE = new Tally(0, 0, Map.of(), Map.of(), 0);

    static Tally of(List<ScriptRun.Step> steps) {
        int accepted = 0;
        int failed = 0;
        Map<String, Integer> door = new TreeMap<>();
        Map<String, Integer> skipped = new TreeMap<>();
        for (ScriptRun.Step step : steps) {
            switch (step.verdict().kind()) {
                case FAILED -> failed++;
                case SKIPPED -> skipped.merge(step.verdict().text(), 1, Integer::sum);
                case PASSED -> {
                    if (step.door().isEmpty()) {
                        accepted++;
                    } else {
                        door.merge(step.door(), 1, Integer::sum);
                    }
                }
            }
        }
        return new Tally(steps.size(), accepted, door, skipped, failed);
    }

    Tally plus(Tally other) {
        return new Tally(
                commands + other.commands,
                accepted + other.accepted,
                sum(door, other.door),
                sum(skipped, other.skipped),
                failed + other.failed);
    }

    int passed() {
        return accepted + total(door);
    }

    /** Commands that something which can be run here was asked for: all but those of the text format. */
    int runnable() {
        return commands - skipped.getOrDefault("text format", 0);
    }

    /** One line of the golden file. */
    String line(String name) {
        return "%s: %d commands, %d passed as accepted, %d passed through the door%s, %d skipped%s, %d failed"
                .formatted(
                        name, commands, accepted, total(door), reasons(door), total(skipped), reasons(skipped), failed);
    }

    private static int total(Map<String, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    private static Map<String, Integer> sum(Map<String, Integer> one, Map<String, Integer> other) {
        Map<String, Integer> sum = new TreeMap<>(one);
        other.forEach((reason, count) -> sum.merge(reason, count, Integer::sum));
        return sum;
    }

    private static String reasons(Map<String, Integer> counts) {
        return counts.isEmpty()
                ? ""
                : counts.entrySet().stream()
                        .map(entry -> entry.getKey() + " " + entry.getValue())
                        .collect(Collectors.joining(", ", " (", ")"));
    }
}
