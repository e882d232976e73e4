package org.storysign.plugins.storage.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.function.Supplier;

/** A generated secret in a file that only its owner can read (mode 0600). */
public final class SecretFile {

    private static final int SECRET_BYTES = 32;

    private SecretFile() {}

    /** The secret in the file; when there is none, 256 random bits in hexadecimal, written there first. */
    public static String readOrGenerate(Path file) {
        return readOrGenerate(file, SecretFile::random);
    }

    /** The same for a secret of another kind. */
    public static String readOrGenerate(Path file, Supplier<String> fresh) {
        try {
            return Files.exists(file) ? read(file) : generate(file, fresh.get());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read or write " + file, e);
        }
    }

    private static String read(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        String secret = Files.readString(file).strip();
        if (secret.isEmpty()) {
            throw new IOException(file + " is empty; restore it, or delete it to have a new one generated");
        }
        return secret;
    }

    private static String random() {
        byte[] random = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    private static String generate(Path file, String fresh) throws IOException {
        String secret = fresh.strip();
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(draft);
        Files.createFile(draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(draft, secret + "\n", StandardOpenOption.SYNC, StandardOpenOption.WRITE);
        try {
            // A hard link never replaces: of two processes that generate at once, one wins and both read the same.
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException e) {
            secret = read(file);
        }
        Files.delete(draft);
        return secret;
    }

    /** Whether all but the owner are shut out. */
    static boolean isPrivate(Path file) throws IOException {
        return Set.copyOf(PosixFilePermissions.fromString("rw-------"))
                .containsAll(Files.getPosixFilePermissions(file));
    }
}
