package org.storysign.plugins.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.storysign.plugins.conformance.ScriptRun.Step;

/**
 * One script in all lanes.
 *
 * @param failures of the metered lanes
 * @param engineFailures of the plain lanes: what the engine alone gets wrong
 * @param differences between two lanes neither of which failed
 */
record Comparison(
        String name, Tally tally, List<String> failures, List<String> engineFailures, List<String> differences) {

    /** What one lane made of the script. */
    private record LaneRun(Lane lane, List<Step> steps) {}

    static Comparison of(Script script) {
        List<LaneRun> runs = Stream.of(Lane.values())
                .map(lane -> new LaneRun(lane, ScriptRun.of(script, lane)))
                .toList();
        return new Comparison(
                script.name(),
                Tally.of(runs.getLast().steps()),
                failures(script, runs, true),
                failures(script, runs, false),
                differences(script, runs));
    }

    private static List<String> failures(Script script, List<LaneRun> runs, boolean metered) {
        List<String> failures = new ArrayList<>();
        for (LaneRun run : runs) {
            run.steps().stream()
                    .filter(step -> run.lane().metered() == metered)
                    .filter(step -> step.verdict().isFailed())
                    .map(step -> where(script, step) + " " + run.lane() + ": "
                            + step.verdict().text())
                    .forEach(failures::add);
        }
        return failures;
    }

    /** A metered lane may skip what a plain one runs; whatever two lanes run must look the same. */
    private static List<String> differences(Script script, List<LaneRun> runs) {
        List<String> differences = new ArrayList<>();
        LaneRun reference = runs.getFirst();
        for (LaneRun run : runs) {
            for (int index = 0; index < run.steps().size(); index++) {
                Step found = run.steps().get(index);
                Step expected = reference.steps().get(index);
                boolean skipped = found.verdict().isSkipped() && run.lane().metered();
                boolean failed =
                        found.verdict().isFailed() || expected.verdict().isFailed();
                if (!skipped && !failed && !found.verdict().equals(expected.verdict())) {
                    differences.add("%s: %s gives %s, %s gives %s"
                            .formatted(
                                    where(script, expected),
                                    reference.lane(),
                                    expected.verdict(),
                                    run.lane(),
                                    found.verdict()));
                }
            }
        }
        return differences;
    }

    @Override
    public String toString() {
        return name;
    }

    private static String where(Script script, Step step) {
        return script.name() + ".wast:" + step.command().line() + " "
                + step.command().type();
    }
}
