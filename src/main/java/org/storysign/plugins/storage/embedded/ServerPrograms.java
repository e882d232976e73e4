package org.storysign.plugins.storage.embedded;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.storysign.plugins.identity.Digest;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs, unpacked from the class path.
 *
 * @param home the directory that holds {@code bin}, {@code lib} and {@code share}
 */
record ServerPrograms(Path home) {

    /** The major version inside; a database of another one cannot be opened. */
    static final String MAJOR_VERSION = "18";

    private static final Map<String, String> ARCHIVES = Map.of(
            "amd64", "postgres-linux-x86_64.txz",
            "x86_64", "postgres-linux-x86_64.txz",
            "aarch64", "postgres-linux-arm_64.txz");

    /** Unpacks them below {@code parent}, once for each content. */
    static ServerPrograms unpack(Path parent, Consumer<String> progress) {
        try {
            byte[] archive = archive();
            String version = MAJOR_VERSION + "-" + Digest.of(archive).hex().substring(0, 12);
            Path home = parent.resolve(version);
            if (!Files.isDirectory(home)) {
                progress.accept("Unpacking PostgreSQL " + MAJOR_VERSION + " (once) ...");
                Files.createDirectories(parent);
                Path draft = Files.createTempDirectory(parent, version + ".");
                extract(archive, draft);
                Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rwxr-xr-x"));
                moveUnlessThere(draft, home);
            }
            return new ServerPrograms(home);
        } catch (IOException e) {
            throw new EmbeddedDatabaseException("PostgreSQL cannot be unpacked into " + parent + ": " + e + ".", e);
        }
    }

    Path program(String name) {
        return home.resolve("bin").resolve(name);
    }

    private static byte[] archive() throws IOException {
        String system = System.getProperty("os.name", "");
        String name = ARCHIVES.get(System.getProperty("os.arch", ""));
        if (name == null || !system.toLowerCase(Locale.ROOT).contains("linux")) {
            throw new EmbeddedDatabaseException("There is no embedded PostgreSQL for this machine (" + system + ", "
                    + System.getProperty("os.arch") + ").");
        }
        try (InputStream stream = ServerPrograms.class.getClassLoader().getResourceAsStream(name)) {
            if (stream == null) {
                throw new EmbeddedDatabaseException("The embedded PostgreSQL (" + name + ") is not on the class path.");
            }
            return stream.readAllBytes();
        }
    }

    private static void extract(byte[] archive, Path target) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new XZInputStream(new ByteArrayInputStream(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                extract(tar, entry, target.resolve(entry.getName()).normalize());
            }
        }
    }

    private static void extract(InputStream content, TarArchiveEntry entry, Path path) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            return;
        }
        Files.createDirectories(path.resolveSibling("."));
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(content, path);
        boolean executable = (entry.getMode() & 0100) != 0;
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }

    private static void moveUnlessThere(Path draft, Path home) throws IOException {
        try {
            Files.move(draft, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
            FileTree.delete(draft);
        }
    }
}
