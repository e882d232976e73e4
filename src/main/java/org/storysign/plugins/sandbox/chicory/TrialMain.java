package org.storysign.plugins.sandbox.chicory;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.wasm.ModuleReader;
import org.storysign.plugins.wasm.Preflight;
import org.storysign.plugins.wasm.WasmBinary;
import org.storysign.plugins.wasm.fuel.CostTable;
import org.storysign.plugins.wasm.fuel.FuelInstrumenter;
import org.storysign.plugins.wasm.fuel.MeteredModule;
import org.storysign.plugins.wasm.scan.ModuleScanner;
import org.storysign.plugins.wasm.scan.ScanPolicy;

/**
 * The sacrificial process of {@link TrialProcess}: says {@value #READY}, reads modules as frames (level, length, bytes), takes each through
 * every step that an enabled one goes through, and answers {@value #SURVIVED} when it is still there after it. Its verdicts are nobody's business:
 * the service comes to the same itself.
 */
final class TrialMain {

    static final int SURVIVED = 1;
    static final int READY = 2;

    private static final Path FIRST_TO_BE_KILLED = Path.of("/proc/self/oom_score_adj");

    private TrialMain() {}

    public static void main(String[] arguments) throws IOException {
        offerToDieFirst();
        DataInputStream input = new DataInputStream(new FileInputStream(FileDescriptor.in));
        try (OutputStream output = new FileOutputStream(FileDescriptor.out)) {
            output.write(READY);
            while (true) {
                SecurityLevel level = SecurityLevel.values()[input.readInt()];
                attempt(new WasmBinary(input.readNBytes(input.readInt())), level);
                output.write(SURVIVED);
            }
        } catch (EOFException serviceIsGone) {
            return;
        }
    }

    /** Where memory runs out, the system takes this process and not the service. */
    private static void offerToDieFirst() {
        try {
            Files.write(FIRST_TO_BE_KILLED, List.of("1000"));
        } catch (IOException | UnsupportedOperationException otherSystem) {
            System.getLogger(TrialMain.class.getName()).log(System.Logger.Level.DEBUG, "cannot offer to die first");
        }
    }

    private static void attempt(WasmBinary binary, SecurityLevel level) {
        try {
            MeteredModule metered = new FuelInstrumenter(CostTable.CURRENT)
                    .meter(ModuleScanner.scan(
                                    ModuleReader.read(Preflight.check(binary, level.code())), ScanPolicy.of(level))
                            .orThrow());
            new SharedModule(metered, ChicoryEngine.parse(metered)).compilePartly();
        } catch (ProblemException refused) {
            return;
        } catch (RuntimeException | StackOverflowError | AssertionError broken) {
            System.getLogger(TrialMain.class.getName()).log(System.Logger.Level.DEBUG, "module breaks a step");
        }
    }
}
