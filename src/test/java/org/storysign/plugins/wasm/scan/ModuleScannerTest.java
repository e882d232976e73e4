package org.storysign.plugins.wasm.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.storysign.plugins.wasm.ValueType.F64;
import static org.storysign.plugins.wasm.ValueType.I32;
import static org.storysign.plugins.wasm.ValueType.I64;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.storysign.plugins.kit.LimitSwitch;
import org.storysign.plugins.kit.ModuleBuilder;
import org.storysign.plugins.kit.Modules;
import org.storysign.plugins.kit.RealModules;
import org.storysign.plugins.kit.Wat;
import org.storysign.plugins.limits.CodeLimits;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.wasm.FunctionType;
import org.storysign.plugins.wasm.ValueType;
import org.storysign.plugins.wasm.WasmModule;

class ModuleScannerTest {

    private static final ScanPolicy STANDARD = ScanPolicy.of(SecurityLevel.STANDARD);

    @ParameterizedTest
    @CsvSource({
        "env, abort, --use abort",
        "env, log10, --allow-undefined",
        "extism:host/env, allocate, correct the name",
        "extism:host/user2, user_get, extism:host/user",
        "wasi_snapshot_preview1, fd_explode, correct the name",
        "gojs, syscall/js.valueGet, GOOS=wasip1",
        "__wbindgen_placeholder__, __wbindgen_throw, wasm32-wasip1"
    })
    void an_unknown_import_is_rejected_with_advice(String module, String name, String advice) {
        ScanReport report = scan(importing(module, name, List.of(), List.of()));

        assertThat(report.rejections()).singleElement().satisfies(finding -> {
            assertThat(finding.rule()).isEqualTo("unknown-import");
            assertThat(finding.where()).isEqualTo("import `" + module + "." + name + "`");
            assertThat(finding.message()).contains(advice);
        });
    }

    @ParameterizedTest
    @CsvSource({"env, extism_alloc, 1.0 or later", "wasi_unstable, fd_write, wasi_snapshot_preview1"})
    void an_interface_that_has_a_successor_is_rejected_and_the_successor_named(
            String module, String name, String advice) {
        ScanReport report = scan(importing(module, name, List.of(I64), List.of(I64)));

        assertThat(report.rejections()).singleElement().satisfies(finding -> {
            assertThat(finding.rule()).isEqualTo("outdated-import");
            assertThat(finding.message()).contains(advice);
        });
    }

    static Stream<String> offered() {
        return Stream.of(KnownImports.EXTISM, KnownImports.WASI);
    }

    @ParameterizedTest
    @MethodSource("offered")
    void every_offered_function_passes_by_its_type_and_no_other(String module) {
        Map<String, FunctionType> functions = KnownImports.of(module);

        assertThat(functions).hasSizeGreaterThan(28);
        functions.forEach((name, type) -> {
            assertThat(scan(importing(module, name, type.params(), type.results()))
                            .rejections())
                    .isEmpty();
            assertThat(scan(importing(module, name, type.params(), List.of(F64)))
                            .rejections())
                    .singleElement()
                    .satisfies(finding -> {
                        assertThat(finding.rule()).isEqualTo("import-type");
                        assertThat(finding.message()).contains("expected " + type);
                    });
        });
    }

    @Test
    void a_platform_function_takes_any_name_with_handles_only() {
        byte[] handles = importing(KnownImports.PLATFORM, "anything", List.of(I64, I64), List.of(I64));
        byte[] none = importing(KnownImports.PLATFORM, "anything", List.of(), List.of());
        byte[] narrow = importing(KnownImports.PLATFORM, "anything", List.of(I32), List.of(I64));
        byte[] two = importing(KnownImports.PLATFORM, "anything", List.of(), List.of(I64, I64));

        assertThat(scan(handles).isRejected()).isFalse();
        assertThat(scan(none).isRejected()).isFalse();
        assertThat(rules(scan(narrow))).contains("import-type");
        assertThat(rules(scan(two))).contains("import-type");
    }

    @Test
    void a_module_is_held_against_the_size_of_the_policy() {
        WasmModule module = Modules.read(RealModules.LLVM_LIKE);
        int size = module.binary().size();

        ScanReport exact = ModuleScanner.scan(module, policy(size, 10, 10, 64)).report();
        ScanReport less =
                ModuleScanner.scan(module, policy(size - 1, 10, 10, 64)).report();

        assertThat(exact.isRejected()).isFalse();
        assertThat(rejecting(less)).containsExactly("size-over-level");
    }

    @Test
    void functions_table_entries_and_memory_are_held_against_the_policy() {
        WasmModule module = Modules.read(RealModules.LLVM_LIKE);

        assertThat(rejections(module, policy(5_000, 2, 2, 2))).isEmpty();
        assertThat(rejections(module, policy(5_000, 2, 1, 2))).containsExactly("functions-over-level");
        assertThat(rejections(module, policy(5_000, 1, 2, 2))).containsExactly("table-over-level");
        assertThat(rejections(module, policy(5_000, 2, 2, 1))).containsExactly("memory-over-level");
    }

    @Test
    void memory_may_begin_with_the_whole_budget_of_its_level_and_grow_to_any_declared_maximum() {
        byte[] whole = Wat.assemble("(module (memory 1024 65536))");
        byte[] more = Wat.assemble("(module (memory 1025))");

        assertThat(scan(whole).isRejected()).isFalse();
        assertThat(scan(more).rejections())
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).contains("needs 1025 pages", "at most 1024"));
    }

    @Test
    void a_module_that_nobody_can_call_or_that_holds_nothing_is_warned_about() {
        byte[] nothing = Wat.assemble("(module)");
        byte[] something = Wat.assemble("(module (memory 1) (func $f (export \"f\")))");

        assertThat(warnings(scan(nothing))).containsExactly("no-exports", "no-memory");
        assertThat(warnings(scan(something))).isEmpty();
    }

    @Test
    void a_start_function_is_noted() {
        byte[] start = Wat.assemble("(module (func $f) (start $f))");
        byte[] none = Wat.assemble("(module (func $f))");

        assertThat(rules(scan(start))).contains("start-function");
        assertThat(rules(scan(none))).doesNotContain("start-function");
    }

    @Test
    void a_command_is_noted_and_a_plugin_of_a_kit_is_none() {
        byte[] command = Wat.assemble("(module (memory 1) (func (export \"_start\")))");
        byte[] plugin = Wat.assemble("""
                (module (import "extism:host/env" "input_length" (func (result i64)))
                  (memory 1) (func (export "_start")))
                """);

        byte[] callsThePlatform = Wat.assemble("""
                (module (import "extism:host/user" "user_get" (func (param i64) (result i64)))
                  (memory 1) (func (export "_start")))
                """);

        assertThat(rules(scan(command))).contains("command-module");
        assertThat(rules(scan(plugin))).doesNotContain("command-module");
        assertThat(rules(scan(callsThePlatform))).doesNotContain("command-module");
    }

    @Test
    void an_exported_global_is_noted_when_it_can_be_changed() {
        byte[] mutable = Wat.assemble("(module (global (export \"g\") (mut i32) (i32.const 0)))");
        byte[] constant = Wat.assemble("(module (global (export \"g\") i32 (i32.const 0)))");

        assertThat(rules(scan(mutable))).contains("exported-mutable-global");
        assertThat(rules(scan(constant))).doesNotContain("exported-mutable-global");
    }

    @Test
    void a_module_without_names_is_noted() {
        byte[] nameless = Wat.assemble("(module (func))");

        assertThat(rules(scan(nameless))).contains("no-function-names");
        assertThat(rules(scan(RealModules.LLVM_LIKE))).doesNotContain("no-function-names");
    }

    @Test
    void a_rejected_module_is_a_problem_that_holds_every_rejection() {
        byte[] bytes = Wat.assemble("""
                (module (import "env" "a" (func)) (import "extism:host/env" "alloc" (func)) (memory 2000))
                """);
        ScanResult result = ModuleScanner.scan(Modules.read(bytes), STANDARD);

        ProblemException problem = catchThrowableOfType(ProblemException.class, result::orThrow);

        assertThat(problem.code()).isEqualTo(ProblemCode.MODULE_REJECTED);
        assertThat(problem.detail()).startsWith("import `env.a`: ").endsWith(" (and 2 more)");
        assertThat((List<?>) problem.facts().get(FactKey.FINDINGS))
                .extracting(fact -> ((Map<?, ?>) fact).get("rule"))
                .isEqualTo(List.of("unknown-import", "import-type", "memory-over-level"));
    }

    @Test
    void an_accepted_module_keeps_its_report() {
        ScannedModule scanned = Modules.scanned(RealModules.LLVM_LIKE);

        assertThat(scanned.report().findings()).extracting(Finding::rule).containsExactly("exported-mutable-global");
        assertThat(scanned.module().binary().toBytes()).isEqualTo(RealModules.LLVM_LIKE);
    }

    private static byte[] importing(String module, String name, List<ValueType> params, List<ValueType> results) {
        return new ModuleBuilder()
                .type(codes(params), codes(results))
                .importFunction(module, name, 0)
                .toBytes();
    }

    private static List<Integer> codes(List<ValueType> types) {
        return types.stream().map(ValueType::code).toList();
    }

    private static ScanPolicy policy(int size, int tableEntries, int functions, int pages) {
        return new ScanPolicy(
                LimitSwitch.plugged(new CodeLimits(new MemorySize(size), tableEntries, functions)),
                MemorySize.ofKiB(64L * pages));
    }

    private static ScanReport scan(byte[] bytes) {
        return ModuleScanner.scan(Modules.read(bytes), STANDARD).report();
    }

    private static List<String> rejections(WasmModule module, ScanPolicy policy) {
        return rejecting(ModuleScanner.scan(module, policy).report());
    }

    private static List<String> rejecting(ScanReport report) {
        return report.rejections().stream().map(Finding::rule).toList();
    }

    private static List<String> warnings(ScanReport report) {
        return report.findings().stream()
                .filter(finding -> finding.severity() == Severity.WARNING)
                .map(Finding::rule)
                .toList();
    }

    private static List<String> rules(ScanReport report) {
        return report.findings().stream().map(Finding::rule).toList();
    }
}
