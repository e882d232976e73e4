package org.storysign.plugins.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One target fed with mutants of its seeds. Those that break a promise are kept under {@code target/fuzz}. */
final class MutantRun {

    private final FuzzTarget target;
    private final Map<String, Integer> answers = new TreeMap<>();
    private final List<String> findings = new ArrayList<>();
    private int executions;
    private Duration slowest = Duration.ZERO;
    private String ofSlowest = "";
    private int largest;
    private String ofLargest = "";

    private MutantRun(FuzzTarget target) {
        this.target = target;
    }

    static MutantRun of(FuzzTarget target, int mutants, long randomSeed) {
        MutantRun run = new MutantRun(target);
        Mutator mutator = new Mutator(target.seeds(), randomSeed);
        for (int mutant = 0; mutant < mutants; mutant++) {
            run.feed(mutator.next());
        }
        return run;
    }

    private void feed(byte[] mutant) {
        long start = System.nanoTime();
        String answer;
        try {
            answer = target.answer(mutant);
        } catch (RuntimeException | AssertionError | StackOverflowError | OutOfMemoryError fault) {
            answer = "finding";
            findings.add("mutant " + executions + ": " + fault + " at " + keep(mutant));
        }
        remember(mutant, answer, Duration.ofNanos(System.nanoTime() - start));
    }

    private void remember(byte[] mutant, String answer, Duration took) {
        executions++;
        answers.merge(answer, 1, Integer::sum);
        String what = mutant.length + " bytes, " + answer + ", " + took.toMillis() + " ms";
        if (took.compareTo(slowest) > 0) {
            slowest = took;
            ofSlowest = what;
        }
        if (mutant.length > largest) {
            largest = mutant.length;
            ofLargest = what;
        }
    }

    private Path keep(byte[] mutant) {
        try {
            Path folder = Files.createDirectories(Path.of("target", "fuzz"));
            return Files.write(folder.resolve(target + "-" + executions), mutant);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Broken promises, with where the input lies. */
    List<String> findings() {
        return findings;
    }

    /** How often each answer was given. */
    Map<String, Integer> answers() {
        return answers;
    }

    /** What a person wants to know. */
    String line() {
        return target + ": " + executions + " executions, " + answers + ", slowest (" + ofSlowest + "), largest ("
                + ofLargest + "), findings " + findings.size();
    }
}
