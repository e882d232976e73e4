package org.storysign.plugins.wasm;

import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.Parser;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.storysign.plugins.problem.GuestText;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

/**
 * Finds out whether a module is valid WebAssembly, by the engine's own parser and validator, so that what passes here is what
 * the engine will read. Custom sections are not shown to it: they have no meaning for it, and its reader of names trusts counts.
 * Safe for concurrent use. Source: core spec 3.
 */
public final class ModuleReader {

    /** A module of 5 MiB can need 250 MB of heap while it is parsed: two at once must not add up. */
    private static final Semaphore ONE_AT_A_TIME = new Semaphore(1, true);

    private ModuleReader() {}

    /** Waits for its turn. Throws {@link ProblemException} {@code module-invalid} for every module that the engine's parser does not take. */
    public static WasmModule read(PreflightedModule preflighted) {
        WasmBinary binary = preflighted.binary();
        ONE_AT_A_TIME.acquireUninterruptibly();
        try {
            Parser.parse(CustomSections.strip(binary));
            return new WasmModule(binary, preflighted.outline().toShape());
        } catch (Outline.Inconsistent inconsistent) {
            throw invalid(String.valueOf(inconsistent.getMessage()));
        } catch (ChicoryException refused) {
            throw invalid(reason(refused));
        } catch (RuntimeException | StackOverflowError | AssertionError unexpected) {
            // The parser meets 3 % of damaged modules with raw Java exceptions (FACTS, "Chicory"); their words help
            // nobody.
            throw invalid("its sections do not fit together");
        } finally {
            ONE_AT_A_TIME.release();
        }
    }

    /** What the validator says, without what belongs to Java. */
    private static String reason(ChicoryException refused) {
        return Optional.ofNullable(refused.getMessage())
                .filter(message -> !message.contains("com.dylibso") && !message.contains("java."))
                .map(GuestText::quote)
                .orElse("it does not pass validation");
    }

    private static ProblemException invalid(String reason) {
        return new ProblemException(ProblemCode.MODULE_INVALID, "the module is not valid WebAssembly: " + reason);
    }
}
