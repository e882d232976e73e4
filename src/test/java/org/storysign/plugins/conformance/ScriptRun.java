package org.storysign.plugins.conformance;

import com.dylibso.chicory.wasm.ChicoryException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.storysign.plugins.problem.ProblemException;

/** Runs one script in one lane, command by command. */
final class ScriptRun {

    private static final long[] NOTHING = {};

    private final Lane lane;
    private final SpecModules modules;
    private String door = "";

    private ScriptRun(Lane lane) {
        this.lane = lane;
        this.modules = new SpecModules(lane);
    }

    /**
     * What became of a command.
     *
     * @param door the rules by which the product refuses the module it used; empty when it does not
     */
    record Step(Command command, Verdict verdict, String door) {}

    /** Runs all commands on a thread whose stack suits the lane. */
    static List<Step> of(Script script, Lane lane) {
        List<Step> steps = new ArrayList<>();
        Thread thread = new Thread(
                null,
                () -> {
                    ScriptRun run = new ScriptRun(lane);
                    script.commands().forEach(command -> steps.add(run.step(command)));
                },
                script.name() + " " + lane,
                lane.stack());
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        if (steps.size() != script.commands().size()) {
            throw new AssertionError(script.name() + " " + lane + " stopped after " + steps.size() + " commands");
        }
        return steps;
    }

    private Step step(Command command) {
        door = "";
        Verdict verdict;
        try {
            verdict = run(command);
        } catch (RuntimeException | StackOverflowError | AssertionError | LinkageError unexpected) {
            verdict = Verdict.failed("threw " + unexpected);
        }
        return new Step(command, verdict, door);
    }

    private Verdict run(Command command) {
        if (command.isText()) {
            return Verdict.skipped(Tally.TEXT_FORMAT);
        }
        return switch (command.type()) {
            case "module" -> load(command);
            case "register" -> register(command);
            case "action" -> act(command);
            case "assert_return" -> assertReturn(command);
            case "assert_trap", "assert_exhaustion" -> assertTrap(command);
            case "assert_invalid", "assert_malformed" -> assertNotAModule(command);
            case "assert_unlinkable" -> assertRefusal(command, "is linked");
            case "assert_uninstantiable" -> assertRefusal(command, "is instantiated");
            default -> Verdict.failed("unknown command " + command.type());
        };
    }

    private Verdict load(Command command) {
        modules.startAnew();
        if (!lane.metered()) {
            modules.loadPlain(command.name(), command.module());
            return Verdict.passed("runs");
        }
        Metering metering = Metering.of(command.module());
        if (metering instanceof Metering.Refused refused) {
            modules.leaveOut(command.name(), refused.named());
            return Verdict.skipped(refused.named());
        }
        door = modules.load(command.name(), metering).door();
        return Verdict.passed("runs");
    }

    private Verdict register(Command command) {
        SpecModules.Slot slot = modules.slot(command.name());
        if (slot.loaded() == null) {
            return Verdict.skipped(slot.whyNot());
        }
        door = slot.loaded().door();
        modules.register(command.as(), slot.loaded());
        return Verdict.passed("registered");
    }

    private Verdict act(Command command) {
        Command.Action action = command.action();
        SpecModules.Slot slot = modules.slot(action.module());
        if (slot.loaded() == null) {
            return Verdict.skipped(slot.whyNot());
        }
        perform(action, slot.loaded());
        return Verdict.passed("done");
    }

    private Verdict assertReturn(Command command) {
        Command.Action action = command.action();
        SpecModules.Slot slot = modules.slot(action.module());
        if (slot.loaded() == null) {
            return Verdict.skipped(slot.whyNot());
        }
        long[] found = perform(action, slot.loaded());
        List<SpecValue> expected = command.expected();
        boolean fits = found.length == expected.size();
        StringBuilder seen = new StringBuilder();
        for (int index = 0; index < expected.size() && fits; index++) {
            fits = expected.get(index).matches(found[index])
                    || KnownDeviation.isSignallingNan(action, expected.get(index), found[index]);
            seen.append(expected.get(index).seen(found[index])).append(' ');
        }
        return fits
                ? Verdict.passed(seen.toString())
                : Verdict.failed("found " + Arrays.toString(found) + ", expected " + expected);
    }

    private Verdict assertTrap(Command command) {
        Command.Action action = command.action();
        SpecModules.Slot slot = modules.slot(action.module());
        if (slot.loaded() == null) {
            return Verdict.skipped(slot.whyNot());
        }
        String found;
        try {
            return Verdict.failed(
                    "returned " + Arrays.toString(perform(action, slot.loaded())) + ", expected " + command.text());
        } catch (ChicoryException trap) {
            found = String.valueOf(trap.getMessage());
        } catch (StackOverflowError overflow) {
            found = "call stack exhausted";
        }
        return found.contains(command.text())
                ? Verdict.passed(command.text())
                : Verdict.failed("trapped by " + found + ", expected " + command.text());
    }

    /** Metered, the product's answer counts, whatever the reason. */
    private Verdict assertNotAModule(Command command) {
        if (!lane.metered()) {
            return assertRefusal(command, "is accepted");
        }
        return Metering.of(command.module()) instanceof Metering.Accepted
                ? Verdict.failed("is accepted, expected " + command.text())
                : Verdict.passed("refused");
    }

    private Verdict assertRefusal(Command command, String whatItMustNot) {
        modules.startAnew();
        try {
            load(command.module());
            return Verdict.failed(whatItMustNot + ", expected " + command.text());
        } catch (ChicoryException | ProblemException refused) {
            return Verdict.passed("refused");
        } catch (RuntimeException refused) {
            return lane.metered() ? Verdict.failed("threw " + refused) : Verdict.passed("refused");
        }
    }

    private void load(byte[] module) {
        if (!lane.metered()) {
            modules.loadPlain(Optional.empty(), module);
            return;
        }
        Metering metering = Metering.of(module);
        if (metering instanceof Metering.ThroughTheDoor through) {
            door = through.rules();
        }
        modules.load(Optional.empty(), metering);
    }

    private long[] perform(Command.Action action, SpecModules.Loaded module) {
        door = module.door();
        modules.startAnew();
        if (!action.isCall()) {
            return new long[] {
                module.instance().exports().global(action.field()).getValue()
            };
        }
        long[] arguments =
                action.arguments().stream().mapToLong(SpecValue::bits).toArray();
        long[] results = module.instance().export(action.field()).apply(arguments);
        return Optional.ofNullable(results).orElse(NOTHING);
    }
}
