package org.storysign.plugins.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;
import org.storysign.plugins.problem.ProblemException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Mixin;

/** {@code ./storysign plugin …}. */
@Command(
        name = "plugin",
        description = "Checks, runs, signs and packs a plugin, on the service's own engine and without a server.",
        subcommands = {
            ValidateCommand.class,
            CallCommand.class,
            KeygenCommand.class,
            SignCommand.class,
            StatementCommand.class,
            VerifyCommand.class,
            PackageCommand.class,
            PushCommand.class,
            HelpCommand.class
        },
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the plugin is as it should be",
            "1:the plugin is at fault: refused, or stopped while it ran",
            "2:the command was not understood"
        },
        footer = {
            "",
            "Try:  ./storysign plugin validate wasm-plugins/profanity-filter",
            "      echo '{\"result\": \"a bad word\"}' | ./storysign plugin call wasm-plugins/profanity-filter filter_story"
        })
public final class PluginCommand {

    @Mixin
    private HelpOption help = new HelpOption();

    private static final Map<Class<?>, Function<Streams, ?>> COMMANDS = Map.of(
            ValidateCommand.class, ValidateCommand::new,
            CallCommand.class, CallCommand::new,
            KeygenCommand.class, KeygenCommand::new,
            SignCommand.class, SignCommand::new,
            StatementCommand.class, StatementCommand::new,
            VerifyCommand.class, VerifyCommand::new,
            PackageCommand.class, PackageCommand::new,
            PushCommand.class, PushCommand::new);

    static final int AT_FAULT = 1;
    static final int MISUSED = 2;

    /** Where a command reads and writes. */
    record Streams(InputStream in, PrintStream out, PrintStream err) {}

    public static void main(String... arguments) {
        // The log manager that comes with the service complains when Java's own was loaded first.
        System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
        System.exit(run(new Streams(System.in, System.out, System.err), arguments));
    }

    /** Runs a command; the exit code. */
    static int run(Streams streams, String... arguments) {
        return run("plugin", new PluginCommand(), COMMANDS, streams, arguments);
    }

    /** The same for another command with commands below it, each made with the streams. */
    static int run(
            String name,
            Object command,
            Map<Class<?>, Function<Streams, ?>> commands,
            Streams streams,
            String... arguments) {
        CommandLine line = new CommandLine(command, new StreamFactory(streams, commands));
        line.setOut(new PrintWriter(streams.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(streams.err(), true, StandardCharsets.UTF_8));
        line.setExecutionExceptionHandler((thrown, failed, parsed) -> told(name, thrown, streams));
        line.setUsageHelpWidth(110);
        if (arguments.length == 0) {
            line.usage(line.getErr());
            return MISUSED;
        }
        return line.execute(arguments);
    }

    private static int told(String name, Exception thrown, Streams streams) throws Exception {
        if (thrown instanceof CommandMisused misused) {
            streams.err().println(name + ": " + misused.getMessage());
            return MISUSED;
        }
        if (thrown instanceof ProblemException refused) {
            new PackageReport(streams.err()).refusal(refused);
            return AT_FAULT;
        }
        throw thrown;
    }

    /** Gives commands their streams. */
    private record StreamFactory(Streams streams, Map<Class<?>, Function<Streams, ?>> commands)
            implements CommandLine.IFactory {

        @Override
        public <K> K create(Class<K> type) throws Exception {
            Function<Streams, ?> command = commands.get(type);
            return command == null ? CommandLine.defaultFactory().create(type) : type.cast(command.apply(streams));
        }
    }
}
