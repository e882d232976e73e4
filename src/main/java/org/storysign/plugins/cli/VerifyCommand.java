package org.storysign.plugins.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.plugin.PluginPackage;
import org.storysign.plugins.signature.PackageSignature;
import org.storysign.plugins.signature.PackageStatement;
import org.storysign.plugins.signature.SignatureCheck;
import org.storysign.plugins.signature.SignaturePolicy;
import org.storysign.plugins.signature.TrustedKey;
import org.storysign.plugins.signature.VerificationKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plugin verify DIR}. */
@Command(name = "verify", description = "Says whether a plugin carries a signature of every key that is given.")
final class VerifyCommand implements Callable<Integer> {

    private final PluginCommand.Streams streams;

    @Mixin
    private HelpOption help = new HelpOption();

    @Parameters(paramLabel = "DIR", description = "The folder with manifest.json, the module and signatures/.")
    private Path folder = Path.of(".");

    @Option(names = "--key", required = true, paramLabel = "FILE", description = "A public key; may be given again.")
    private List<Path> keys = new ArrayList<>();

    VerifyCommand(PluginCommand.Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        List<TrustedKey> trusted = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Path file : keys) {
            VerificationKey key = VerificationKey.parse(KeyFiles.read(file))
                    .orElseThrow(() -> new CommandMisused(file + " is not " + VerificationKey.EXPECTED + "."));
            String name = "key-" + (names.size() + 1);
            names.add(name);
            trusted.add(new TrustedKey(name, key, Instant.EPOCH, Optional.empty(), Optional.empty()));
        }
        PluginPackage content = new PackageFolder(folder).read();
        PackageStatement statement = KeyFiles.statement(content);
        SignaturePolicy all = new SignaturePolicy(SecurityLevel.MINIMAL, names, Set.of(), 0);
        new SignatureCheck(trusted, all, Instant.now())
                .require(
                        statement,
                        content.signatures().stream()
                                .map(PackageSignature::read)
                                .toList());
        streams.out()
                .println("signed by " + (keys.size() == 1 ? "this key" : "all " + keys.size() + " keys") + ": "
                        + statement.digest());
        return 0;
    }
}
