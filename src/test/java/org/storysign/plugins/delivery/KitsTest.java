package org.storysign.plugins.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.storysign.plugins.kit.FolderPlugin.log;
import static org.storysign.plugins.kit.FolderPlugin.output;

import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.storysign.plugins.kit.FolderPlugin;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.sandbox.CallResult;
import org.storysign.plugins.sandbox.Trap;
import org.storysign.plugins.sandbox.chicory.Tiering;

/** What Extism's kits build runs as it comes from their compilers; how the modules are built is said beside them. */
class KitsTest {

    private static final int MEBIBYTE = 1 << 20;
    private static final Map<String, FolderPlugin> LOADED = new ConcurrentHashMap<>();

    @AfterAll
    static void close() {
        LOADED.values().forEach(FolderPlugin::close);
        LOADED.clear();
    }

    @ParameterizedTest
    @ValueSource(strings = {"assemblyscript", "rust", "go", "c"})
    void input_comes_back_as_output(String kit) {
        for (String input : new String[] {"", "x", "1234567", "12345678", "123456789", "🐸 \u0000 é"}) {
            assertThat(output(kit(kit).call("echo", input))).isEqualTo(input);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"assemblyscript", "rust", "go", "c"})
    void a_mebibyte_goes_in_and_comes_back(String kit) {
        byte[] input = new byte[MEBIBYTE];
        new Random(kit.hashCode()).nextBytes(input);
        assertThat(SecurityLevel.STANDARD.limits().input().bytes()).isEqualTo(MEBIBYTE);
        kit(kit).call("echo", input);

        CallResult result = kit(kit).call("echo", input);

        assertThat(result).isInstanceOf(CallResult.Returned.class);
        assertThat(((CallResult.Returned) result).output()).isEqualTo(input);
        System.out.printf(
                "kit %s: 1 MiB there and back in %d ms, fuel %d%n",
                kit, result.usage().duration().toMillis(), result.usage().fuel().units());
    }

    @ParameterizedTest
    @ValueSource(strings = {"assemblyscript", "rust", "go", "c"})
    void config_is_read(String kit) {
        assertThat(output(kit(kit).configured("{\"name\": \"Zoë\"}").call("greet", "")))
                .isEqualTo("Hello, Zoë");
        assertThat(output(kit(kit).call("greet", ""))).isEqualTo("Hello, nobody");
    }

    @ParameterizedTest
    @ValueSource(strings = {"assemblyscript", "rust", "go", "c"})
    void a_variable_is_set_read_and_removed_and_does_not_outlive_its_call(String kit) {
        assertThat(output(kit(kit).call("vars", "frog"))).isEqualTo("none frog none");
        assertThat(output(kit(kit).call("vars", "fox"))).isEqualTo("none fox none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"assemblyscript", "rust", "go", "c"})
    void an_error_is_told_with_its_number(String kit) {
        CallResult result = kit(kit).call("fail", "no more paper");

        assertThat(result)
                .isInstanceOfSatisfying(
                        CallResult.Trapped.class,
                        trapped -> assertThat(trapped.trap()).isEqualTo(new Trap.PluginError(7, "`no more paper`")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"assemblyscript", "rust", "go", "c"})
    void what_is_logged_keeps_its_level(String kit) {
        CallResult result = kit(kit).call("logs", "hello");

        assertThat(output(result)).isEmpty();
        assertThat(log(result)).containsExactly("DEBUG hello", "INFO hello", "WARN hello", "ERROR hello");
    }

    /** 1,100 blocks of 64 KiB are more than the 64 MiB a call may have, were they not freed. */
    @ParameterizedTest
    @ValueSource(strings = {"assemblyscript", "rust", "go", "c"})
    void freed_memory_can_be_had_again(String kit) {
        assertThat(SecurityLevel.STANDARD.limits().memory().bytes()).isLessThan(1_100 * 65_536L);

        assertThat(output(kit(kit).call("blocks", ""))).isEqualTo("twenty-one characters");
    }

    private static FolderPlugin kit(String name) {
        return LOADED.computeIfAbsent(
                name, kit -> FolderPlugin.load(Path.of("src", "test", "resources", "kits", kit), Tiering.COMPILED));
    }
}
