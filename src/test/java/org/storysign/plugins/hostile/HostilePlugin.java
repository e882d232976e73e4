package org.storysign.plugins.hostile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.storysign.plugins.kit.Wat;
import org.storysign.plugins.limits.Fuel;
import org.storysign.plugins.limits.Limits;
import org.storysign.plugins.limits.SecurityLevel;

/**
 * One plugin of the corpus: a module in the text format behind lines such as {@code ;; ends in: fuel-exhausted}.
 *
 * <p>Other lines may say {@code level} (else isolated, and how it ends is the same at standard), {@code export} (else run), {@code input}, {@code output} (what a plugin
 * that returns must give), {@code run time} (else so long that fuel decides), and {@code patch}: bytes of the assembled module to
 * be replaced, for what the text format cannot say.
 */
record HostilePlugin(String name, String text, Map<String, String> headers) {

    static final String RETURNED = "returned";

    private static final Path FOLDER = Path.of("src/test/resources/hostile");
    private static final String HEADER = ";; ";
    private static final Fuel SHORT_FUEL = new Fuel(2_000_000);

    static List<HostilePlugin> all() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().map(HostilePlugin::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HostilePlugin read(Path file) {
        try {
            String text = Files.readString(file);
            Map<String, String> headers = new HashMap<>();
            text.lines()
                    .takeWhile(line -> line.startsWith(HEADER))
                    .filter(line -> line.contains(":"))
                    .forEach(line -> headers.putIfAbsent(
                            line.substring(HEADER.length(), line.indexOf(':')),
                            line.substring(line.indexOf(':') + 1).strip()));
            if (!headers.containsKey("ends in")) {
                throw new IllegalStateException(file + " does not say how it ends");
            }
            return new HostilePlugin(file.getFileName().toString().replace(".wat", ""), text, headers);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A problem's code, or {@link #RETURNED}. */
    String endsIn() {
        return headers.getOrDefault("ends in", "");
    }

    /** How it ends when fuel has no limit: some are stopped before an instruction that is wrong anyway. */
    String endsWithoutFuel() {
        return headers.getOrDefault("without fuel", "run-time-exceeded");
    }

    SecurityLevel level() {
        return SecurityLevel.parse(headers.getOrDefault("level", "isolated")).orElseThrow();
    }

    /** The level's, but for the run time: fuel is the same on every machine, time is not. */
    Limits limits() {
        String runTime = headers.getOrDefault("run time", "60000 ms").replace(" ms", "");
        return level().limits().withRunTime(Duration.ofMillis(Long.parseLong(runTime)));
    }

    /** With so much fuel that what it does with it is seen, and so little that the interpreter is soon through. */
    Limits shortLimits() {
        return endsIn().equals("fuel-exhausted") ? limits().withFuel(SHORT_FUEL) : limits();
    }

    /** Whether it says no level, for it ends so at the standard one too, and imports nothing that the service does not offer. */
    boolean isTheSameInTheService() {
        return !headers.containsKey("level") && !text.contains("extism:host/user");
    }

    String export() {
        return headers.getOrDefault("export", "run");
    }

    byte[] input() {
        return headers.getOrDefault("input", "").getBytes(StandardCharsets.UTF_8);
    }

    byte[] module() {
        byte[] assembled = Wat.assemble(text);
        String patch = headers.get("patch");
        return patch == null ? assembled : patched(assembled, patch.split(" to "));
    }

    /** Replaces the bytes where they stand last. */
    private static byte[] patched(byte[] module, String... fromAndTo) {
        HexFormat hex = HexFormat.ofDelimiter(" ").withUpperCase();
        String bytes = hex.formatHex(module);
        int at = bytes.lastIndexOf(fromAndTo[0]);
        if (at < 0) {
            throw new IllegalStateException("nothing to patch");
        }
        return hex.parseHex(bytes.substring(0, at) + fromAndTo[1] + bytes.substring(at + fromAndTo[0].length()));
    }

    @Override
    public String toString() {
        return name;
    }
}
