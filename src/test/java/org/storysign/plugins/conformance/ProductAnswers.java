package org.storysign.plugins.conformance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.storysign.plugins.kit.Modules;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.wasm.scan.ScannedModule;

/** What the product's own steps, up to the metered module, answer to every module of a collection of the suite. */
final class ProductAnswers {

    private static final String ACCEPTED = "accepted";

    /** Of older proposals, what WebAssembly 2.0 made valid: there it is the function `meet-bottom` of unreached-valid.wast. */
    private static final Set<String> VALID_SINCE = Set.of("proposals/reference-types/unreached-invalid.wast:540");

    private final String collection;
    private final Map<String, Integer> answers = new TreeMap<>();
    private final List<String> wrong = new ArrayList<>();
    private int modules;
    private int broken;
    private int largest;
    private Duration slowest = Duration.ZERO;

    ProductAnswers(String collection) {
        this.collection = collection;
        Suite.scripts(collection).forEach(script -> script.commands().forEach(command -> ask(script, command)));
    }

    private void ask(Script script, Command command) {
        if (command.isText() || command.json().path("filename").isMissingNode()) {
            return;
        }
        boolean mustRefuse = command.isBrokenModule();
        modules++;
        broken += mustRefuse ? 1 : 0;
        byte[] module = command.module();
        long start = System.nanoTime();
        String answer = answer(script, command, module);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        slowest = took.compareTo(slowest) > 0 ? took : slowest;
        largest = Math.max(largest, module.length);
        answers.merge(answer, 1, Integer::sum);
        if (mustRefuse && answer.equals(ACCEPTED) && !VALID_SINCE.contains(where(script, command))) {
            wrong.add(where(script, command) + " is accepted, expected " + command.text());
        }
    }

    private String answer(Script script, Command command, byte[] module) {
        try {
            ScannedModule scanned = Modules.scanned(module, SecurityLevel.MINIMAL);
            Metering.INSTRUMENTER.meter(scanned);
            return ACCEPTED;
        } catch (ProblemException refused) {
            if (refused.code().status() >= 500) {
                wrong.add(where(script, command) + " is answered "
                        + refused.code().code());
            }
            return named(refused);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError | AssertionError fault) {
            wrong.add(where(script, command) + " makes a step throw " + fault);
            return "fault";
        }
    }

    /** A refused feature by its rule; anything else by its code. */
    private static String named(ProblemException refused) {
        String code = refused.code().code();
        if (refused.facts().get(FactKey.FINDINGS) instanceof List<?> findings
                && !findings.isEmpty()
                && findings.getFirst() instanceof Map<?, ?> finding) {
            return code + ": " + finding.get("rule");
        }
        return code;
    }

    private String where(Script script, Command command) {
        return collection + "/" + script.name() + ".wast:" + command.line();
    }

    int modules() {
        return modules;
    }

    /** Modules that the suite says are malformed or invalid. */
    int broken() {
        return broken;
    }

    /** Broken modules that were accepted, and modules at which a step failed. */
    List<String> wrong() {
        return wrong;
    }

    Duration slowest() {
        return slowest;
    }

    /** In bytes. */
    int largest() {
        return largest;
    }

    /** One line of the golden file. */
    String line() {
        return collection + ": " + modules + " modules ("
                + answers.entrySet().stream()
                        .map(answer -> answer.getKey() + " " + answer.getValue())
                        .collect(Collectors.joining(", "))
                + "), " + broken + " of them malformed or invalid";
    }
}
