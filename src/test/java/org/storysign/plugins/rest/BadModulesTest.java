package org.storysign.plugins.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.storysign.plugins.rest.Problems.assertProblem;

import io.restassured.response.Response;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.storysign.plugins.kit.Bombs;
import org.storysign.plugins.kit.Bombs.Bomb;
import org.storysign.plugins.kit.Guests;
import org.storysign.plugins.kit.ServiceTest;
import org.storysign.plugins.kit.Wat;
import org.storysign.plugins.problem.ProblemCode;

/** What hostile and broken packages meet: a code of their own, nothing stored, the next call as if nothing had been. */
@ServiceTest
class BadModulesTest {

    private static final byte[] GOOD = Wat.assemble(Guests.answering("still here"));
    private static final Set<String> REFUSALS =
            Set.of("module-malformed", "module-invalid", "module-rejected", "export-missing", "export-mistyped");

    private static final ApiTenant TENANT = new ApiTenant();

    private final ApiTenant tenant = TENANT;

    @BeforeEach
    void a_neighbour_serves() {
        if (tenant.admin().get(ApiTenant.BASE + "/neighbour").statusCode() == 200) {
            return;
        }
        tenant.upload(PluginText.named("neighbour").toString(), GOOD).then().statusCode(201);
        tenant.enable("neighbour");
    }

    @AfterEach
    void nothing_was_stored_and_the_neighbour_still_serves() {
        assertThat(tenant.admin().get(ApiTenant.BASE + "?text=bad").<List<String>>path("plugins.id"))
                .isEmpty();
        assertThat(tenant.call("neighbour", "handle", new byte[0]).asString()).isEqualTo("still here");
    }

    static Stream<Bomb> bombs() {
        return Bombs.list().stream();
    }

    @ParameterizedTest
    @MethodSource("bombs")
    void a_bomb_is_defused(Bomb bomb) {
        assertProblem(tenant.upload(PluginText.named("bad").toString(), bomb.bytes()), bomb.code());
    }

    static Stream<byte[]> cutModules() {
        return Stream.of(0, 1, 4, 7, 8, 9, 20, GOOD.length / 2, GOOD.length - 1)
                .map(length -> Arrays.copyOf(GOOD, length));
    }

    @ParameterizedTest
    @MethodSource("cutModules")
    void a_module_that_is_cut_off_is_refused(byte[] cut) {
        Response answer =
                tenant.upload(PluginText.named("bad").hook("h1", "filter").toString(), cut);

        assertThat(REFUSALS).contains(answer.<String>path("code"));
        assertProblem(
                answer,
                Arrays.stream(ProblemCode.values())
                        .filter(code -> code.code().equals(answer.path("code")))
                        .findFirst()
                        .orElseThrow());
    }

    @Test
    void two_hundred_mutated_modules_are_refused_or_were_still_good() {
        Random random = new Random(11);
        for (int round = 0; round < 200; round++) {
            byte[] mutant = GOOD.clone();
            mutant[8 + random.nextInt(mutant.length - 8)] ^= (byte) (1 << random.nextInt(8));

            Response answer = tenant.admin()
                    .contentType("application/wasm")
                    .body(mutant)
                    .post(ApiTenant.BASE + "/validate/module");

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.asString()).doesNotContain("java.", "com.dylibso", "Exception");
            if (!answer.<Boolean>path("valid")) {
                assertThat(REFUSALS).containsAll(answer.<List<String>>path("problems.code"));
            }
        }
    }

    static Stream<Arguments> wrongExports() {
        String named = PluginText.named("bad").hook("story", "filter").toString();
        return Stream.of(
                Arguments.of(named, "(module (memory (export \"memory\") 1))", ProblemCode.EXPORT_MISSING),
                Arguments.of(
                        named,
                        "(module (memory (export \"memory\") 1) (func (export \"other\") (result i32) (i32.const 0)))",
                        ProblemCode.EXPORT_MISSING),
                Arguments.of(
                        named,
                        "(module (memory (export \"memory\") 1) (func (export \"handle\") (param i32) (result i32) (i32.const 0)))",
                        ProblemCode.EXPORT_MISTYPED),
                Arguments.of(
                        named,
                        "(module (memory (export \"memory\") 1) (func (export \"handle\") (result i64) (i64.const 0)))",
                        ProblemCode.EXPORT_MISTYPED),
                Arguments.of(
                        named,
                        "(module (import \"env\" \"exec\" (func)) (memory (export \"memory\") 1) (func (export \"handle\") (result i32) (i32.const 0)))",
                        ProblemCode.MODULE_REJECTED),
                Arguments.of(
                        named,
                        "(module (import \"extism:host/env\" \"alloc\" (func (param i32))) (memory (export \"memory\") 1) (func (export \"handle\") (result i32) (i32.const 0)))",
                        ProblemCode.MODULE_REJECTED),
                Arguments.of(
                        named,
                        "(module (import \"storysign:meter\" \"refill\" (func (param i64) (result i64))) (memory (export \"memory\") 1) (func (export \"handle\") (result i32) (i32.const 0)))",
                        ProblemCode.MODULE_REJECTED));
    }

    @ParameterizedTest
    @MethodSource("wrongExports")
    void a_module_whose_imports_or_exports_do_not_fit_is_refused(String manifest, String wat, ProblemCode code) {
        assertProblem(tenant.upload(manifest, Wat.assemble(wat)), code);
    }

    static Stream<Arguments> hostileManifests() {
        PluginText plain = PluginText.named("bad");
        String good = plain.toString();
        return Stream.of(
                Arguments.of("", "/"),
                Arguments.of("[]", ""),
                Arguments.of("null", ""),
                Arguments.of("{", ""),
                Arguments.of(good + "x", ""),
                Arguments.of("\uFEFF" + good, ""),
                Arguments.of(good.replaceFirst("\\{", "{\"id\": \"other\", "), ""),
                Arguments.of(good.replaceFirst("\\{", "{\"surprise\": 1, "), "/surprise"),
                Arguments.of(good.replace("\"bad\"", "\"Bad\""), "/id"),
                Arguments.of(good.replace("\"bad\"", "\"../bad\""), "/id"),
                Arguments.of(good.replace("\"bad\"", "\"b\u0430d\""), "/id"),
                Arguments.of(good.replace("\"bad\"", "\"hooks\""), "/id"),
                Arguments.of(good.replace("\"bad\"", "\"system-bad\""), "/id"),
                Arguments.of(good.replace("1.0.0", "1.0"), "/version"),
                Arguments.of(good.replace("plugin.wasm", "../plugin.wasm"), "/entry_point"),
                Arguments.of(good.replace("\"manifest_version\":1", "\"manifest_version\":2"), "/manifest_version"),
                Arguments.of(
                        PluginText.named("bad")
                                .with("permissions", List.of("root"))
                                .toString(),
                        "/permissions/0"),
                Arguments.of(
                        PluginText.named("bad")
                                .with("config_schema", Map.of("$ref", "http://evil.example"))
                                .toString(),
                        "/config_schema"),
                Arguments.of(
                        PluginText.named("bad").with("name", "x".repeat(70_000)).toString(), ""));
    }

    @ParameterizedTest
    @MethodSource("hostileManifests")
    void a_hostile_manifest_is_refused_with_the_place(String manifest, String pointer) {
        Response answer = tenant.upload(manifest, GOOD);

        assertProblem(answer, ProblemCode.MANIFEST_INVALID);
        assertThat(answer.<List<String>>path("errors.pointer"))
                .anyMatch(found -> pointer.equals("/") || found.startsWith(pointer));
    }

    @Test
    void a_digest_that_is_not_the_modules_is_refused() {
        String manifest = PluginText.named("bad")
                .with("digest", "sha256:" + "0".repeat(64))
                .toString();

        assertProblem(tenant.upload(manifest, GOOD), ProblemCode.DIGEST_MISMATCH);
    }

    static Stream<Arguments> badGuests() {
        String memory = "(memory (export \"memory\") 1)";
        return Stream.of(
                Arguments.of("(unreachable)", memory, ProblemCode.UNREACHABLE),
                Arguments.of("(i32.div_s (i32.const 1) (i32.const 0))", memory, ProblemCode.ARITHMETIC_FAULT),
                Arguments.of("(i32.load (i32.const -4))", memory, ProblemCode.MEMORY_OUT_OF_BOUNDS),
                Arguments.of("(loop $l (br $l)) (i32.const 0)", memory, ProblemCode.RUN_TIME_EXCEEDED),
                Arguments.of("(i32.const 3)", memory, ProblemCode.PLUGIN_ERROR),
                Arguments.of("(call $self)", memory, ProblemCode.STACK_EXHAUSTED),
                Arguments.of(
                        "(loop $l (br_if $l (i32.ne (memory.grow (i32.const 1)) (i32.const -1)))) (unreachable)",
                        memory,
                        ProblemCode.MEMORY_EXHAUSTED));
    }

    @ParameterizedTest
    @MethodSource("badGuests")
    void a_guest_that_goes_wrong_is_stopped_and_says_what_it_used(String body, String memory, ProblemCode code) {
        String id = "stopped-" + code.code();
        String wat = "(module " + memory + " (func $self (export \"handle\") (result i32) " + body + "))";
        tenant.upload(
                        PluginText.named(id)
                                .with("resource_limits", Map.of("execution_time_ms", 500))
                                .toString(),
                        Wat.assemble(wat))
                .then()
                .statusCode(201);
        tenant.enable(id);

        Response answer = tenant.call(id, "handle", new byte[0]);

        if (answer.path("code").equals("fuel-exhausted") && code == ProblemCode.RUN_TIME_EXCEEDED) {
            assertProblem(answer, ProblemCode.FUEL_EXHAUSTED);
        } else {
            assertProblem(answer, code);
        }
        assertThat(Long.parseLong(answer.header("Plugin-Fuel-Used"))).isNotNegative();
        assertThat(answer.<String>path("plugin")).isEqualTo(id);
        assertThat(answer.<String>path("export")).isEqualTo("handle");
    }

    @Test
    void a_guest_that_is_stopped_says_in_which_functions_it_was() {
        String wat = "(module (func $deep unreachable) (func $handle (export \"handle\") (call $deep)))";
        tenant.upload(PluginText.named("stopped-deep").toString(), Wat.named(wat, "deep"))
                .then()
                .statusCode(201);
        tenant.enable("stopped-deep");

        Response answer = tenant.call("stopped-deep", "handle", new byte[0]);

        assertProblem(answer, ProblemCode.UNREACHABLE);
        assertThat(answer.<List<String>>path("guest_stack")).containsExactly("`deep`", "function 1");
        assertThat(answer.<String>path("detail"))
                .isEqualTo("Export `handle` of plugin `stopped-deep` aborted (unreachable), in `deep`.");
    }

    @Test
    void a_module_of_another_kind_is_refused_as_what_it_is() {
        byte[] component = {0x00, 0x61, 0x73, 0x6D, 0x0D, 0x00, 0x01, 0x00};

        Response answer = tenant.upload(PluginText.named("bad").toString(), component);

        assertProblem(answer, ProblemCode.MODULE_REJECTED);
        assertThat(answer.<String>path("findings[0].rule")).isEqualTo("feature-components");
        assertThat(answer.<String>path("detail")).contains("a component", "wasm32-wasip1", "unbundle");
    }

    @Test
    void a_plugin_of_the_interface_before_1_0_is_refused_as_what_it_is() {
        String wat = """
                (module
                  (import "env" "extism_input_length" (func (result i64)))
                  (import "env" "extism_output_set" (func (param i64 i64)))
                  (memory 1)
                  (func (export "handle") (result i32) (i32.const 0)))
                """;

        Response answer = tenant.upload(PluginText.named("bad").toString(), Wat.assemble(wat));

        assertProblem(answer, ProblemCode.MODULE_REJECTED);
        assertThat(answer.<List<String>>path("findings.rule")).contains("outdated-import");
        assertThat(answer.<List<String>>path("findings.where")).contains("import `env.extism_input_length`");
        assertThat(answer.<List<String>>path("findings.message"))
                .anySatisfy(message -> assertThat(message).contains("before 1.0", "extism:host/env"));
    }

    @Test
    void validation_says_the_same_and_stores_nothing() {
        tenant.admin()
                .contentType("application/wasm")
                .body(Bombs.list().getFirst().bytes())
                .post(ApiTenant.BASE + "/validate/code")
                .then()
                .statusCode(200)
                .body("valid", equalTo(false))
                .body("problems[0].code", equalTo("module-malformed"));
        tenant.admin()
                .contentType("application/json")
                .body(PluginText.named("bad").toString())
                .post(ApiTenant.BASE + "/validate/manifest")
                .then()
                .statusCode(200)
                .body("valid", equalTo(true))
                .body("problems", equalTo(List.of()));
    }
}
