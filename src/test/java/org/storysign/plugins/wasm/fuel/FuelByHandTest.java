package org.storysign.plugins.wasm.fuel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.storysign.plugins.kit.MeteredRunner.Budget;
import org.storysign.plugins.kit.MeteredRunner.Engine;
import org.storysign.plugins.kit.MeteredRunner.Run;
import org.storysign.plugins.kit.MeteredRunner.Stop;

/** Each file of {@code src/test/resources/fuel} says in its first lines what to call and what it costs, worked out by hand. */
class FuelByHandTest {

    static Stream<Arguments> filesAndEngines() {
        return Stream.of(
                        "arithmetic",
                        "if-else",
                        "loop",
                        "nested-blocks",
                        "branch-table",
                        "call",
                        "recursion",
                        "call-indirect",
                        "bulk-memory",
                        "memory-grow",
                        "host-import",
                        "multi-value")
                .flatMap(file -> Stream.of(Engine.values()).map(engine -> Arguments.of(file, engine)));
    }

    @ParameterizedTest
    @MethodSource("filesAndEngines")
    void the_fuel_used_is_what_the_cost_table_gives_by_hand(String file, Engine engine) throws IOException {
        String text = read(file);
        MatchResult call = line(text, ";; call: (\\w+) ([\\d ]*)");
        long[] arguments = Arrays.stream(call.group(2).split(" "))
                .mapToLong(Long::parseLong)
                .toArray();

        Run run = Metered.run(engine, Metered.of(text), Budget.AMPLE, arguments);

        assertThat(run.stop()).isEqualTo(Stop.RETURNED);
        assertThat(run.fuel())
                .isEqualTo(Long.parseLong(line(text, ";; fuel: (\\d+)").group(1)));
    }

    private static String read(String file) throws IOException {
        try (InputStream stream = FuelByHandTest.class.getResourceAsStream("/fuel/" + file + ".wat")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static MatchResult line(String text, String pattern) {
        return Pattern.compile(pattern).matcher(text).results().findFirst().orElseThrow();
    }
}
