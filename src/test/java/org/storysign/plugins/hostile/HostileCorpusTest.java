package org.storysign.plugins.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.storysign.plugins.limits.Fuel;
import org.storysign.plugins.limits.Limits;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.sandbox.LogLine;
import org.storysign.plugins.sandbox.chicory.Tiering;

/** Every hostile plugin ends as its file says, on both engines, with the same fuel, and leaves nothing behind. */
@Tag("proof")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileCorpusTest {

    private static final int LEAST_PLUGINS = 150;
    private static final long HEAP_LEFT_BEHIND = 4L << 20;

    /** What the log says when it was cut, and the start of its last line. */
    private static final int LOG_MARKER = 100;

    private final Arena interpreter = new Arena(Tiering.INTERPRETED);
    private final Arena compiler = new Arena(Tiering.COMPILED);
    private Set<Thread> threadsBefore = Set.of();

    static List<HostilePlugin> plugins() {
        return HostilePlugin.all();
    }

    static Stream<HostilePlugin> endless() {
        return plugins().stream().filter(plugin -> plugin.endsIn().equals("fuel-exhausted"));
    }

    @BeforeAll
    void countThreads() {
        threadsBefore = Thread.getAllStackTraces().keySet();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("plugins")
    void it_ends_as_named_with_the_same_fuel_on_both_engines(HostilePlugin plugin) {
        Limits limits = plugin.shortLimits();

        Ending interpreted = interpreter.fight(plugin, limits);
        Ending compiled = compiler.fight(plugin, limits);

        requireAsNamed(plugin, interpreted, limits);
        requireAsNamed(plugin, compiled, limits);
        if (!plugin.endsIn().equals("run-time-exceeded")) {
            assertThat(compiled.fuel()).isEqualTo(interpreted.fuel());
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("endless")
    void with_all_the_fuel_of_its_level_it_ends_as_named(HostilePlugin plugin) {
        Ending ending = compiler.fight(plugin, plugin.limits());

        requireAsNamed(plugin, ending, plugin.limits());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("endless")
    void with_the_largest_fuel_the_run_time_of_its_level_stops_it(HostilePlugin plugin) {
        Ending ending = interpreter.fight(plugin, plugin.level().limits().withFuel(Fuel.LARGEST));

        assertThat(ending.code()).isEqualTo(plugin.endsWithoutFuel());
    }

    @Test
    void the_corpus_is_as_large_as_it_should_be_and_covers_every_ending_of_a_guest() {
        Set<String> endings = plugins().stream().map(HostilePlugin::endsIn).collect(Collectors.toSet());

        assertThat(plugins()).hasSizeGreaterThanOrEqualTo(LEAST_PLUGINS);
        assertThat(endings)
                .contains(
                        "returned",
                        "fuel-exhausted",
                        "stack-exhausted",
                        "memory-exhausted",
                        "memory-out-of-bounds",
                        "table-out-of-bounds",
                        "unreachable",
                        "arithmetic-fault",
                        "indirect-call-mismatch",
                        "host-calls-exhausted",
                        "http-denied",
                        "http-failed",
                        "output-too-large",
                        "plugin-error",
                        "wait-time-exceeded",
                        "export-missing",
                        "export-mistyped",
                        "module-rejected",
                        "module-invalid");
    }

    @Test
    void twenty_attempts_and_more_to_read_write_or_underflow_the_counter_or_to_reach_the_meter_fail() {
        List<HostilePlugin> attempts = plugins().stream()
                .filter(plugin -> plugin.name().startsWith("meter-"))
                .toList();

        assertThat(attempts)
                .hasSizeGreaterThanOrEqualTo(20)
                .allSatisfy(attempt -> assertThat(
                                compiler.fight(attempt, attempt.shortLimits()).code())
                        .isEqualTo(attempt.endsIn())
                        .isNotEqualTo(HostilePlugin.RETURNED));
    }

    @Test
    void a_whole_round_leaves_the_heap_as_it_was_and_a_good_plugin_unharmed() {
        HostilePlugin good = new HostilePlugin("good", "(module (func (export \"run\")))", java.util.Map.of());
        fightAll();
        long before = usedHeap();

        fightAll();

        assertThat(usedHeap() - before).isLessThan(HEAP_LEFT_BEHIND);
        assertThat(compiler.fight(good, SecurityLevel.ISOLATED.limits()).code()).isEqualTo(HostilePlugin.RETURNED);
    }

    @AfterAll
    void threadsAreAsBefore() throws InterruptedException {
        interpreter.close();
        compiler.close();

        Set<Thread> left = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !threadsBefore.contains(thread))
                .filter(thread ->
                        thread.getName().startsWith("guest") || thread.getName().startsWith("wasm-"))
                .collect(Collectors.toSet());
        for (Thread thread : left) {
            thread.join(10_000);
            assertThat(thread.isAlive()).as(thread.getName()).isFalse();
        }
    }

    private void fightAll() {
        plugins().forEach(plugin -> compiler.fight(plugin, plugin.shortLimits()));
    }

    private static void requireAsNamed(HostilePlugin plugin, Ending ending, Limits limits) {
        assertThat(ending.code()).as(ending.message()).isEqualTo(plugin.endsIn());
        assertThat(ending.fuel()).isLessThanOrEqualTo(limits.fuel());
        assertThat(ending.message()).doesNotContain("java.", "dylibso", "Exception");
        requireCleanText(ending.message());
        requireCleanLog(plugin, ending);
        if (plugin.headers().containsKey("output")) {
            assertThat(ending.output()).asString().isEqualTo(plugin.headers().get("output"));
        }
    }

    /** After everything that is garbage went. */
    static long usedHeap() {
        Runtime runtime = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 4; attempt++) {
            System.gc();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }

    private static void requireCleanLog(HostilePlugin plugin, Ending ending) {
        int bytes = 0;
        for (LogLine line : ending.log()) {
            requireCleanText(line.text());
            bytes += line.text().getBytes(StandardCharsets.UTF_8).length;
        }
        assertThat((long) bytes).isLessThanOrEqualTo(plugin.limits().log().bytes() + LOG_MARKER);
    }

    /** Nothing in it can end a line, move a cursor or change the direction of text. */
    private static void requireCleanText(String text) {
        assertThat(text.codePoints().filter(HostileCorpusTest::isControl).toArray())
                .as(text)
                .isEmpty();
    }

    private static boolean isControl(int point) {
        int type = Character.getType(point);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }
}
