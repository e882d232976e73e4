package org.storysign.plugins.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code plugin statement DIR}. */
@Command(
        name = "statement",
        description = {
            "Writes what is signed, for other tools: save it in a file, sign that, and put the signature into DIR/signatures.",
            "  storysign plugin statement DIR >statement && cosign sign-blob --key cosign.key --bundle DIR/signatures/me.json statement"
        })
final class StatementCommand implements Callable<Integer> {

    private final PluginCommand.Streams streams;

    @Mixin
    private HelpOption help = new HelpOption();

    @Parameters(paramLabel = "DIR", description = "The folder with manifest.json and the module.")
    private Path folder = Path.of(".");

    StatementCommand(PluginCommand.Streams streams) {
        this.streams = streams;
    }

    /** Its bytes and nothing else. */
    @Override
    public Integer call() {
        byte[] statement = KeyFiles.statement(new PackageFolder(folder).read()).bytes();
        streams.out().write(statement, 0, statement.length);
        streams.out().flush();
        return 0;
    }
}
