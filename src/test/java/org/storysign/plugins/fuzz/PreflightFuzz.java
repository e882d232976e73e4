package org.storysign.plugins.fuzz;

import com.dylibso.chicory.wasm.Parser;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.storysign.plugins.kit.Bombs;
import org.storysign.plugins.kit.Modules;
import org.storysign.plugins.kit.RealModules;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.wasm.fuel.CostTable;
import org.storysign.plugins.wasm.fuel.FuelInstrumenter;
import org.storysign.plugins.wasm.fuel.MeteredModule;
import org.storysign.plugins.wasm.scan.ScannedModule;

/** Any bytes as a module: refused by a code, or accepted, and then what the meter makes of it is valid too. */
public final class PreflightFuzz {

    private static final int SMALL = 4_096;
    private static final FuelInstrumenter INSTRUMENTER = new FuelInstrumenter(CostTable.CURRENT);

    private PreflightFuzz() {}

    /** Called by Jazzer, once, so that its first executions are not the slow ones. */
    public static void fuzzerInitialize() {
        seeds().forEach(PreflightFuzz::fuzzerTestOneInput);
    }

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        answer(bytes);
    }

    /** Whether it was accepted. */
    static String answer(byte[] bytes) {
        MeteredModule metered;
        try {
            metered = metered(bytes);
        } catch (ProblemException refused) {
            return refused.code().code();
        }
        Parser.parse(metered.binary().toBytes());
        return "accepted";
    }

    /** The module metered, or the refusal. */
    static MeteredModule metered(byte[] bytes) {
        ScannedModule scanned;
        try {
            scanned = Modules.scanned(bytes, SecurityLevel.STRICT);
        } catch (ProblemException refused) {
            Promise.requireKept(refused);
            throw refused;
        }
        return INSTRUMENTER.meter(scanned);
    }

    static List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>(new TreeMap<>(RealModules.all()).values());
        seeds.addAll(RealModules.plugins());
        Bombs.list().stream()
                .map(Bombs.Bomb::bytes)
                .filter(bytes -> bytes.length < SMALL)
                .forEach(seeds::add);
        return seeds;
    }
}
