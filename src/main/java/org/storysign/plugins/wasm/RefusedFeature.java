package org.storysign.plugins.wasm;

import java.util.Locale;
import java.util.Optional;

/**
 * A part of WebAssembly that modules may not use here, and what its author can do about it. Each is a rule of the pre-flight
 * reader named {@code feature-…}. Refused because the engine gets them wrong, the fuel scheme does not cover them, or the sandbox
 * could not bound them (FACTS, "Chicory").
 */
public enum RefusedFeature {
    COMPONENTS(
            "the component model",
            "build a core module: target wasm32-wasip1 instead of wasm32-wasip2, or take the core module out of the component"
                    + " with `wasm-tools component unbundle`"),
    TAIL_CALLS(
            "tail calls",
            "build without `-mtail-call` (clang), `-C target-feature=+tail-call` (Rust) or the option that turns them on"),
    GC(
            "garbage-collected and typed function references",
            "compile to linear memory: for Java use TeaVM's WEBASSEMBLY_WASI target; Kotlin/Wasm and Dart cannot do without"),
    THREADS(
            "threads, atomic instructions and shared memory",
            "build without `-pthread`, `-matomics` (clang), `-C target-feature=+atomics` (Rust) or `--enable threads`"
                    + " (AssemblyScript)"),
    EXCEPTION_HANDLING(
            "exception handling",
            "build with `-fno-exceptions` and without `-fwasm-exceptions` (C++), or with `panic = \"abort\"` (Rust)"),
    SIMD(
            "vector instructions (SIMD)",
            "build without `-msimd128` (clang), `-C target-feature=+simd128` (Rust) or `--enable simd` (AssemblyScript)"),
    MULTI_MEMORY("more than one memory", "keep everything in memory 0; `wasm-opt --multi-memory-lowering` merges them"),
    MEMORY64("64-bit memories and tables", "build for wasm32 instead of wasm64, without `-sMEMORY64`"),
    CUSTOM_PAGE_SIZES("memory pages of other sizes", "use the standard page size of 65,536 bytes"),
    MULTI_TABLE("more than one table", "keep all function references in table 0, as compilers do by default"),
    TABLE_MUTATION(
            "table.init, table.copy, table.grow and table.fill",
            "fill the table by active element segments, and change single entries by table.set"),
    /** One parameter is accepted: the engine's interpreter loses operands below a nested block that takes more. */
    BLOCK_PARAMETERS(
            "blocks, loops and ifs with two or more parameters",
            "pass the values in locals, as compilers do by default; build without `-mmultivalue` (clang)");

    private final String title;
    private final String advice;

    RefusedFeature(String title, String advice) {
        this.title = title;
        this.advice = advice;
    }

    /** The rule's public name, such as {@code feature-tail-calls}. */
    public String rule() {
        return "feature-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** As in "uses …, which is not accepted". */
    public String title() {
        return title;
    }

    /** What the author can change, as an order without a full stop. */
    public String advice() {
        return advice;
    }

    RejectedModuleException found(String what, String where) {
        return new RejectedModuleException(
                rule(), where, "found " + what + ", but " + title + " are not accepted here; " + advice);
    }

    /** The refused feature that an instruction belongs to, or empty when the instruction is accepted. */
    static Optional<RefusedFeature> of(Opcode opcode) {
        return switch (opcode.feature()) {
            case CORE, REFERENCE_TYPES -> Optional.empty();
            case TABLE_MUTATION -> Optional.of(TABLE_MUTATION);
            case TAIL_CALLS -> Optional.of(TAIL_CALLS);
            case EXCEPTION_HANDLING -> Optional.of(EXCEPTION_HANDLING);
            case GC -> Optional.of(GC);
        };
    }

    /** The refused feature whose instructions all begin with this byte. Source: core spec 5.4 and the threads proposal. */
    static Optional<RefusedFeature> ofPrefix(int lead) {
        return switch (lead) {
            case 0xFB -> Optional.of(GC);
            case 0xFD -> Optional.of(SIMD);
            case 0xFE -> Optional.of(THREADS);
            default -> Optional.empty();
        };
    }

    /** The refused feature that a value or heap type belongs to. Source: core spec 5.3. */
    static Optional<RefusedFeature> ofType(int code) {
        return switch (code) {
            case 0x7B -> Optional.of(SIMD);
            case 0x63, 0x64, 0x6A, 0x6B, 0x6C, 0x6D, 0x6E, 0x71, 0x72, 0x73 -> Optional.of(GC);
            case 0x69, 0x74 -> Optional.of(EXCEPTION_HANDLING);
            case 0x65 -> Optional.of(THREADS);
            default -> Optional.empty();
        };
    }
}
