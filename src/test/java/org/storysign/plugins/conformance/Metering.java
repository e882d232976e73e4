package org.storysign.plugins.conformance;

import com.dylibso.chicory.wasm.Parser;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.storysign.plugins.kit.Modules;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.wasm.fuel.CostTable;
import org.storysign.plugins.wasm.fuel.FuelInstrumenter;
import org.storysign.plugins.wasm.fuel.MeteredModule;
import org.storysign.plugins.wasm.scan.ScannedModule;
import org.storysign.plugins.wasm.scan.UncheckedScan;

/** How a module of the suite came to be metered. */
sealed interface Metering {

    FuelInstrumenter INSTRUMENTER = new FuelInstrumenter(CostTable.CURRENT);

    /** Through every step of the product, at the most generous level. */
    record Accepted(MeteredModule module) implements Metering {}

    /** Refused by the product's policy under these rules, but valid, and metered all the same by a door that only tests have. */
    record ThroughTheDoor(MeteredModule module, String rules) implements Metering {}

    /** Refused by the product, and not for the instrumenter: not valid, or of a feature it does not know. */
    record Refused(ProblemException problem) implements Metering {

        /** What the refusal names: rules of the scan, else the problem's code. */
        String named() {
            return rulesOf(problem);
        }
    }

    static Metering of(byte[] bytes) {
        ScannedModule scanned;
        try {
            scanned = Modules.scanned(bytes, SecurityLevel.MINIMAL);
        } catch (ProblemException refused) {
            return throughTheDoor(bytes, refused);
        }
        return new Accepted(INSTRUMENTER.meter(scanned));
    }

    private static Metering throughTheDoor(byte[] bytes, ProblemException refused) {
        try {
            Parser.parse(bytes);
            return new ThroughTheDoor(INSTRUMENTER.meter(UncheckedScan.accepted(bytes)), rulesOf(refused));
        } catch (RuntimeException notForTheInstrumenter) {
            return new Refused(refused);
        }
    }

    private static String rulesOf(ProblemException problem) {
        if (problem.facts().get(FactKey.FINDINGS) instanceof List<?> findings) {
            return findings.stream()
                    .filter(Map.class::isInstance)
                    .map(finding -> String.valueOf(((Map<?, ?>) finding).get("rule")))
                    .distinct()
                    .sorted(Comparator.naturalOrder())
                    .reduce((one, other) -> one + " " + other)
                    .orElse(problem.code().code());
        }
        return problem.code().code();
    }
}
