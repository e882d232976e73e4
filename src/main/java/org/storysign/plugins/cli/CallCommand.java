package org.storysign.plugins.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.cli.LocalPlugin.Wishes;
import org.storysign.plugins.identity.UserId;
import org.storysign.plugins.limits.Fuel;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.sandbox.CallResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plugin call DIR EXPORT}. */
@Command(
        name = "call",
        description = {
            "Calls one export: standard input is its input, its output goes to standard output.",
            "Fuel, time, memory, log and trap are told on standard error."
        })
final class CallCommand implements Callable<Integer> {

    private final PluginCommand.Streams streams;

    @Mixin
    private HelpOption help = new HelpOption();

    @Parameters(index = "0", paramLabel = "DIR", description = "The folder with manifest.json and the module.")
    private Path folder = Path.of(".");

    @Parameters(index = "1", paramLabel = "EXPORT", description = "The function to call.")
    private String export = "";

    @Option(names = "--input", paramLabel = "FILE", description = "Read the input from a file instead.")
    private @Nullable Path input;

    @Option(
            names = "--config",
            paramLabel = "KEY=VALUE|FILE",
            description =
                    "A configuration value (text, or JSON when it is some), or a JSON file of them; may be repeated.")
    private List<String> config = new ArrayList<>();

    @Option(
            names = "--level",
            paramLabel = "LEVEL",
            description = "minimal, standard, strict or isolated; default: the manifest's, else standard.")
    private @Nullable String level;

    @Option(names = "--fuel", paramLabel = "UNITS", description = "Lower the fuel of the call.")
    private @Nullable Long fuel;

    @Option(names = "--user", paramLabel = "ID", description = "The user on whose behalf it is called.")
    private @Nullable String user;

    @Option(names = "--json", description = "Print one JSON document with output, usage, log and problem instead.")
    private boolean json;

    CallCommand(PluginCommand.Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        Wishes wishes = new Wishes(level(), fuel(), user(), ConfigArguments.read(config));
        try (LocalPlugin plugin = LocalPlugin.load(new PackageFolder(folder).read(), wishes)) {
            CallResult result = plugin.call(export, input());
            CallReport report = new CallReport(streams.out(), streams.err());
            if (json) {
                report.printJson(result);
            } else {
                report.print(export, result);
            }
            return switch (result) {
                case CallResult.Returned _ -> 0;
                case CallResult.Trapped _ -> PluginCommand.AT_FAULT;
            };
        }
    }

    private byte[] input() {
        try {
            return input == null ? streams.in().readAllBytes() : Files.readAllBytes(input);
        } catch (IOException e) {
            if (input != null) {
                throw new CommandMisused(input + " cannot be read.");
            }
            throw new UncheckedIOException(e);
        }
    }

    private Optional<SecurityLevel> level() {
        return Optional.ofNullable(level)
                .map(name -> SecurityLevel.parse(name)
                        .orElseThrow(() -> new CommandMisused("--level is one of "
                                + Arrays.stream(SecurityLevel.values())
                                        .map(SecurityLevel::publicName)
                                        .toList())));
    }

    private Optional<Fuel> fuel() {
        return Optional.ofNullable(fuel).map(units -> {
            if (units < 0 || units > Fuel.LARGEST.units()) {
                throw new CommandMisused("--fuel is from 0 to " + Fuel.LARGEST.units() + ".");
            }
            return new Fuel(units);
        });
    }

    private Optional<UserId> user() {
        try {
            return Optional.ofNullable(user).map(UserId::new);
        } catch (IllegalArgumentException e) {
            throw new CommandMisused("--user: " + e.getMessage() + ".");
        }
    }
}
