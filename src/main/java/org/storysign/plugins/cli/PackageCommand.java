package org.storysign.plugins.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.manifest.ManifestReader;
import org.storysign.plugins.manifest.PluginManifest;
import org.storysign.plugins.plugin.PackageArchive;
import org.storysign.plugins.plugin.PackageCheck;
import org.storysign.plugins.plugin.PackageInspector;
import org.storysign.plugins.plugin.PluginPackage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plugin package DIR}. */
@Command(
        name = "package",
        description =
                "Checks a plugin and puts it with its files and signatures into one .zip, the same bytes every time.")
final class PackageCommand implements Callable<Integer> {

    private final PluginCommand.Streams streams;

    @Mixin
    private HelpOption help = new HelpOption();

    @Parameters(paramLabel = "DIR", description = "The folder with manifest.json and the module.")
    private Path folder = Path.of(".");

    @Option(names = "--out", paramLabel = "FILE", description = "Where to; ID-VERSION.zip when it is not said.")
    private @Nullable Path out;

    PackageCommand(PluginCommand.Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        PluginPackage content = new PackageFolder(folder).read();
        PackageCheck check = new PackageInspector().check(content);
        if (!check.isAcceptable()) {
            new PackageReport(streams.err()).print(check);
            return PluginCommand.AT_FAULT;
        }
        PluginManifest manifest = new ManifestReader().read(content.manifest());
        Path file = Optional.ofNullable(out).orElse(Path.of(manifest.id() + "-" + manifest.version() + ".zip"));
        byte[] zip = PackageArchive.write(content);
        Files.write(file, zip);
        streams.out()
                .println(file + ": " + zip.length + " bytes, "
                        + content.signatures().size() + " signature"
                        + (content.signatures().size() == 1 ? "" : "s"));
        return 0;
    }
}
