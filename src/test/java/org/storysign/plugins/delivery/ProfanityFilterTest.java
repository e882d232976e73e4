package org.storysign.plugins.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.storysign.plugins.abi.ExtismKernel;
import org.storysign.plugins.identity.CallContext;
import org.storysign.plugins.identity.InvocationId;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.limits.Fuel;
import org.storysign.plugins.limits.Limits;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.sandbox.CallRequest;
import org.storysign.plugins.sandbox.CallResult;
import org.storysign.plugins.sandbox.Cancellation;
import org.storysign.plugins.sandbox.CompiledModule;
import org.storysign.plugins.sandbox.HttpAccess;
import org.storysign.plugins.sandbox.Sandbox;
import org.storysign.plugins.sandbox.SandboxConfig;
import org.storysign.plugins.sandbox.Trap;
import org.storysign.plugins.sandbox.chicory.ChicoryEngine;
import org.storysign.plugins.sandbox.chicory.Tiering;
import org.storysign.plugins.wasm.ModuleReader;
import org.storysign.plugins.wasm.Preflight;
import org.storysign.plugins.wasm.WasmBinary;
import org.storysign.plugins.wasm.WasmModule;
import org.storysign.plugins.wasm.fuel.CostTable;
import org.storysign.plugins.wasm.fuel.FuelInstrumenter;
import org.storysign.plugins.wasm.scan.ModuleScanner;
import org.storysign.plugins.wasm.scan.ScanPolicy;
import org.storysign.plugins.wasm.scan.ScanResult;

/** The example plugin's committed module, on the way every module takes. */
class ProfanityFilterTest {

    private static final Path DIRECTORY = Path.of("wasm-plugins", "profanity-filter");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final PluginId PLUGIN = new PluginId("profanity-filter");

    /** What the manifest asks for; time enough for a busy machine. */
    private static final Limits LIMITS = SecurityLevel.STANDARD
            .limits()
            .withMemory(MemorySize.ofMiB(16))
            .withFuel(new Fuel(500_000_000))
            .withRunTime(Duration.ofMinutes(1));

    private static WasmBinary binary;
    private static ScanResult scanned;
    private static ChicoryEngine engine;
    private static CompiledModule module;
    private static Sandbox sandbox;

    @BeforeAll
    static void compile_the_module() throws IOException {
        binary = new WasmBinary(Files.readAllBytes(DIRECTORY.resolve("plugin.wasm")));
        WasmModule read = ModuleReader.read(Preflight.check(binary, SecurityLevel.STANDARD.code()));
        scanned = ModuleScanner.scan(read, ScanPolicy.of(SecurityLevel.ISOLATED));
        engine = new ChicoryEngine(Tiering.COMPILED);
        module = engine.compile(new FuelInstrumenter(CostTable.CURRENT).meter(scanned.orThrow()));
        sandbox = new Sandbox(SandboxConfig.ofThisMachine(), new ExtismKernel());
    }

    @AfterAll
    static void close() {
        sandbox.close();
        module.close();
        engine.close();
    }

    @Test
    void the_manifest_names_the_digest_of_the_module() throws IOException {
        JsonNode manifest = JSON.readTree(DIRECTORY.resolve("manifest.json").toFile());

        assertThat(manifest.path("digest").asText()).isEqualTo(binary.digest().toString());
    }

    @Test
    void these_tests_run_it_with_what_the_manifest_asks_for() throws IOException {
        JsonNode asked =
                JSON.readTree(DIRECTORY.resolve("manifest.json").toFile()).path("resource_limits");

        assertThat(asked.path("fuel").asLong()).isEqualTo(LIMITS.fuel().units());
        assertThat(MemorySize.ofMiB(asked.path("memory_mib").asLong())).isEqualTo(LIMITS.memory());
    }

    @Test
    void the_strictest_scan_has_nothing_to_say() {
        assertThat(scanned.report().findings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"Well, damn it\" | \"Well, **** it\"",
                "\"DAMN! Damned.\" | \"****! ******.\"",
                "{\"title\": \"shit\", \"damn\": [1, \"x\\ncrap\", null]} | {\"title\": \"****\", \"damn\": [1, \"x\\n****\", null]}",
                "\"\\u0064amn \\ud83d\\ude00\" | \"**** \\ud83d\\ude00\"",
                "\"damn's \\\"damn\\\" \\\\damn\" | \"****'s \\\"****\\\" \\\\****\""
            })
    void listed_words_are_masked_in_every_string_of_the_result(String result, String expected) throws IOException {
        assertThat(filter(result, "{}")).isEqualTo("{\"result\":" + expected + "}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"class, assess, damnation, goddamnit\"",
                "\"_damn damn1 xdamn\"",
                "{\"damn\": \"only a name\"}",
                "\"\"",
                "null",
                "12.50",
                "[]"
            })
    void what_has_no_listed_word_is_answered_as_unchanged(String result) throws IOException {
        assertThat(filter(result, "{}")).isEqualTo("{}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"words\": [\"Bücher\", \"old  tree\"]} | \"BÜCHER, damn old  tree\" | \"******, damn ***  ****\"",
                "{\"words\": \"foo, bar baz\"} | \"foo Bar Baz food\" | \"*** *** *** food\"",
                "{\"words\": [\"damn\"], \"mask\": \"🐻\"} | \"damn\" | \"🐻🐻🐻🐻\"",
                "{\"words\": [\"damn\"], \"mask\": \"\\\"\"} | \"damn\" | \"\\u0022\\u0022\\u0022\\u0022\"",
                "{\"words\": [\"他妈的\"]} | \"x他妈的y\" | \"x***y\"",
                "{\"words\": [\"σοφος\"]} | \"ΣΟΦΟΣ\" | \"*****\"",
                "{\"words\": [\"a$$\", \"a$$hole\"]} | \"a$$hole a$$\" | \"******* ***\""
            })
    void the_calls_config_says_which_words_and_which_mask(String config, String result, String expected)
            throws IOException {
        assertThat(filter(result, config)).isEqualTo("{\"result\":" + expected + "}");
    }

    @Test
    void an_empty_list_masks_nothing() throws IOException {
        assertThat(filter("\"damn\"", "{\"words\": []}")).isEqualTo("{}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"[\"tree\", \"river\"]", "tree,river", " tree , river "})
    void the_plugins_own_config_is_used_where_the_call_has_none(String words) {
        CallResult result = call("mask_text", "a TREE by the river", Map.of("words", words, "mask", "#"));

        assertThat(output(result)).isEqualTo("a #### by the #####");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"[]", "``", "{\"result\": \"dam", "{\"result\": [\"damn\""})
    void input_that_no_hook_gives_is_refused_by_the_plugin(String input) {
        CallResult result = call("filter_story", input, Map.of());

        assertThat(result)
                .isInstanceOfSatisfying(
                        CallResult.Trapped.class,
                        trapped -> assertThat(trapped.trap()).isInstanceOf(Trap.PluginError.class));
    }

    /** The second is the dearest: each letter may begin a listed word. */
    @ParameterizedTest
    @ValueSource(strings = {"Once upon a damn time there was a tree by the river. ", "a b a d a damn "})
    void the_fuel_and_memory_it_asks_for_are_enough_for_the_largest_story(String sentence) {
        int times = (int) (LIMITS.input().bytes() - 1_000) / sentence.length();
        String story = "{\"result\":\"" + sentence.repeat(times) + "\"}";

        CallResult result = call("filter_story", story, Map.of());

        assertThat(output(result)).isEqualTo(story.replace("damn", "****"));
    }

    private static String filter(String result, String config) throws IOException {
        String input = "{\"hook_name\": \"story_generation\", \"type\": \"filter\", \"args\": [\"damn\"], \"result\": "
                + result + ", \"context\": {\"user_id\": null, \"config\": " + config + "}}";
        String answer = output(call("filter_story", input, Map.of()));
        JSON.readTree(answer);
        return answer;
    }

    private static CallResult call(String export, String input, Map<String, String> config) {
        CallRequest request = new CallRequest(
                module,
                export,
                input.getBytes(StandardCharsets.UTF_8),
                LIMITS,
                new CallContext(TenantId.DEFAULT, Optional.empty(), PLUGIN, InvocationId.random(), 0),
                config,
                List.of(),
                HttpAccess.NONE,
                new Cancellation());
        return sandbox.submit(TenantId.DEFAULT, PLUGIN, () -> sandbox.call(request))
                .join();
    }

    private static String output(CallResult result) {
        assertThat(result).isInstanceOf(CallResult.Returned.class);
        return new String(((CallResult.Returned) result).output(), StandardCharsets.UTF_8);
    }
}
