package org.storysign.plugins.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.storysign.plugins.plugin.PackageCheck;
import org.storysign.plugins.plugin.PackageInspector;
import org.storysign.plugins.plugin.PluginPackage;
import org.storysign.plugins.signature.PackageStatement;
import org.storysign.plugins.signature.SigningKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plugin sign DIR}. */
@Command(
        name = "sign",
        description =
                "Checks a plugin and signs it: the signature goes into DIR/signatures and from there into every package.")
final class SignCommand implements Callable<Integer> {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{0,62}");

    private final PluginCommand.Streams streams;

    @Mixin
    private HelpOption help = new HelpOption();

    @Parameters(paramLabel = "DIR", description = "The folder with manifest.json and the module.")
    private Path folder = Path.of(".");

    @Option(names = "--key", required = true, paramLabel = "FILE", description = "What `plugin keygen` made.")
    private Path key = Path.of("publisher.key");

    @Option(names = "--name", paramLabel = "NAME", description = "Of the signature's file, for a second signature.")
    private String name = "publisher";

    SignCommand(PluginCommand.Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        if (!NAME.matcher(name).matches()) {
            throw new CommandMisused("the name is " + name + ", expected one matching " + NAME + ".");
        }
        SigningKey signing = SigningKey.parse(KeyFiles.read(key))
                .orElseThrow(() -> new CommandMisused(key + " is not " + SigningKey.EXPECTED + "."));
        PluginPackage content = new PackageFolder(folder).read();
        PackageCheck check = new PackageInspector().check(content);
        if (!check.isAcceptable()) {
            new PackageReport(streams.err()).print(check);
            return PluginCommand.AT_FAULT;
        }
        PackageStatement statement = KeyFiles.statement(content);
        Path file = folder.resolve(PluginPackage.SIGNATURES).resolve(name + ".json");
        Files.createDirectories(file.getParent());
        Files.writeString(file, signing.sign(statement).bundle() + "\n", StandardCharsets.UTF_8);
        streams.out().println("signed " + statement.digest() + " in " + file);
        return 0;
    }
}
