package org.storysign.plugins.wasm;

import java.util.List;
import java.util.Map;
import org.storysign.plugins.limits.CodeLimits;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

/**
 * Finds out whether the engine's parser, validator and compiler can be trusted with a module. Walks over the bytes once, in time
 * proportional to their number, and allocates in proportion to what is there, never to what is declared. Accepts a module that
 * is well-formed, uses no {@link RefusedFeature} and exceeds no {@link PreflightCap}; whether its code is valid is for the
 * {@link ModuleReader}. Safe for concurrent use. Source: core spec 5; control C1.
 */
public final class Preflight {

    private Preflight() {}

    /**
     * Throws {@link ProblemException}: {@code module-too-large} above the limits' size, {@code module-malformed} with the fact
     * {@code offset} for bytes that are not the binary format, {@code module-rejected} with the fact {@code findings} (maps of
     * rule, where, message) for refused features, caps and more functions than the limits allow.
     */
    public static PreflightedModule check(WasmBinary binary, CodeLimits limits) {
        requireSize(binary, limits);
        try {
            return new PreflightedModule(binary, new SectionWalk(binary.cursor(), limits).walk());
        } catch (MalformedModuleException malformed) {
            throw problem(malformed);
        } catch (RejectedModuleException rejected) {
            throw problem(rejected);
        }
    }

    private static void requireSize(WasmBinary binary, CodeLimits limits) {
        long most = limits.moduleSize().bytes();
        if (binary.size() > most) {
            throw new ProblemException(
                    ProblemCode.MODULE_TOO_LARGE,
                    "the module has " + binary.size() + " bytes, at most " + most
                            + " are accepted at this security level; strip it and build for size",
                    Map.of(FactKey.LIMIT, most, FactKey.FOUND, binary.size()));
        }
    }

    private static ProblemException problem(MalformedModuleException malformed) {
        return new ProblemException(
                ProblemCode.MODULE_MALFORMED,
                "at byte " + malformed.offset() + ": " + malformed.getMessage(),
                Map.of(FactKey.OFFSET, malformed.offset()));
    }

    private static ProblemException problem(RejectedModuleException rejected) {
        String message = String.valueOf(rejected.getMessage());
        Map<String, String> finding = Map.of("rule", rejected.rule(), "where", rejected.where(), "message", message);
        return new ProblemException(
                ProblemCode.MODULE_REJECTED,
                rejected.where() + ": " + message,
                Map.of(FactKey.FINDINGS, List.of(finding)));
    }
}
