package org.storysign.plugins.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.storysign.plugins.signature.KeyAlgorithm;
import org.storysign.plugins.signature.SigningKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plugin keygen NAME}. */
@Command(name = "keygen", description = "Makes a key to sign with (NAME.key) and the one to be trusted (NAME.pub).")
final class KeygenCommand implements Callable<Integer> {

    private final PluginCommand.Streams streams;

    @Mixin
    private HelpOption help = new HelpOption();

    @Parameters(paramLabel = "NAME", description = "Where the two files go, without their endings.")
    private Path name = Path.of("publisher");

    @Option(names = "--algorithm", description = "ed25519 (the usual) or ecdsa-p256, which cosign knows, too.")
    private String algorithm = KeyAlgorithm.ED25519.publicName();

    KeygenCommand(PluginCommand.Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        KeyAlgorithm wanted = KeyAlgorithm.parse(algorithm)
                .orElseThrow(() -> new CommandMisused("the algorithm is " + algorithm + ", expected "
                        + Arrays.stream(KeyAlgorithm.values())
                                .map(KeyAlgorithm::publicName)
                                .collect(Collectors.joining(" or "))
                        + "."));
        SigningKey.Pair pair = SigningKey.generate(wanted);
        Path secret = Path.of(name + ".key");
        Path trusted = Path.of(name + ".pub");
        if (Files.exists(trusted)) {
            throw new CommandMisused(trusted + " is there already; a key that is lost cannot be made again.");
        }
        write(secret, pair.signing().pem(), ownerOnly());
        write(trusted, pair.verifying().pem());
        streams.out().println(secret + " signs: keep it secret, for it is not encrypted, and back it up.");
        streams.out().println(trusted + " is for whoever trusts you: POST it to /api/plugins/publishers.");
        streams.out().println(pair.verifying());
        return 0;
    }

    private static FileAttribute<?>[] ownerOnly() {
        Set<String> views = FileSystems.getDefault().supportedFileAttributeViews();
        return views.contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    /** Never over another file. */
    private static void write(Path file, String text, FileAttribute<?>... attributes) {
        try {
            Files.createFile(file, attributes);
            Files.writeString(file, text, StandardCharsets.US_ASCII, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            throw new CommandMisused(file + " is there already; a key that is lost cannot be made again.");
        } catch (IOException e) {
            throw new CommandMisused(file + " cannot be written.");
        }
    }
}
