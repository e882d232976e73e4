package org.storysign.plugins.delivery;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.storysign.plugins.identity.Digest;
import org.storysign.plugins.kit.FolderPlugin;
import org.storysign.plugins.sandbox.CallResult;
import org.storysign.plugins.sandbox.chicory.Tiering;

/**
 * One call of every example on the same input, storage, clock and randomness, and what it came to: a line each. As a program it prints
 * them, for an engine that its argument names.
 */
final class ExampleFuel {

    private static final String STORY =
            "\"target\": \"asl_world.story.generate\", \"result\": {\"title\": \"The damn frog\", \"pages\": [1, 2.50]}";

    private ExampleFuel() {}

    public static void main(String... arguments) {
        lines(Tiering.valueOf(arguments[0])).forEach(System.out::println);
    }

    static List<String> lines(Tiering tiering) {
        List<String> lines = new ArrayList<>();
        lines.add(line("enhanced-progress", tiering, plugin -> {
            FolderPlugin ada = plugin.forUser("ada");
            ada.hook("record_practice", "\"result\": {\"score\": 91}");
            return ada.hook("filter_story", STORY);
        }));
        lines.add(line("phrase-of-the-day", tiering, plugin -> plugin.hook("phrase_of_the_day", "\"args\": [1]")));
        lines.add(line("profanity-filter", tiering, plugin -> plugin.hook("filter_story", STORY)));
        lines.add(line("session-logger", tiering, plugin -> plugin.hook("log_session", STORY)));
        return lines;
    }

    /** {@code plugin: fuel …, host calls …, peak memory …, output digest}. */
    private static String line(String name, Tiering tiering, Function<FolderPlugin, CallResult> call) {
        try (FolderPlugin plugin = FolderPlugin.load(Path.of("wasm-plugins", name), tiering)) {
            CallResult result = call.apply(plugin);
            byte[] output = FolderPlugin.output(result).getBytes(StandardCharsets.UTF_8);
            return "%s: fuel %d, host calls %d, peak memory %d, output %s"
                    .formatted(
                            name,
                            result.usage().fuel().units(),
                            result.usage().hostCalls(),
                            result.usage().peakMemory().bytes(),
                            Digest.of(output).hex().substring(0, 16));
        }
    }
}
