package org.storysign.plugins.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.storysign.plugins.plugin.PackageCheck;
import org.storysign.plugins.plugin.PackageInspector;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code plugin validate DIR}. */
@Command(
        name = "validate",
        description = "Checks manifest and module as an installation would, and says what to change.")
final class ValidateCommand implements Callable<Integer> {

    private final PluginCommand.Streams streams;

    @Mixin
    private HelpOption help = new HelpOption();

    @Parameters(paramLabel = "DIR", description = "The folder with manifest.json and the module.")
    private Path folder = Path.of(".");

    ValidateCommand(PluginCommand.Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        PackageCheck check = new PackageInspector().check(new PackageFolder(folder).read());
        new PackageReport(streams.out()).print(check);
        return check.isAcceptable() ? 0 : PluginCommand.AT_FAULT;
    }
}
