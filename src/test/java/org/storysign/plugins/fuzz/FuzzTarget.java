package org.storysign.plugins.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What takes any bytes. Each has a class with a static {@code fuzzerTestOneInput}, which is where Jazzer begins. */
enum FuzzTarget {
    /** Bytes as a module: pre-flight, reader, scan, meter. */
    PREFLIGHT(PreflightFuzz::answer, PreflightFuzz::seeds),
    /** Bytes as a manifest. */
    MANIFEST(ManifestFuzz::answer, ManifestFuzz::seeds),
    /** Bytes as a module that is metered and run under fuel. */
    INSTRUMENTER(InstrumenterFuzz::answer, InstrumenterFuzz::seeds),
    /** Bytes as calls of kernel functions with any arguments. */
    ABI(AbiFuzz::answer, AbiFuzz::seeds);

    private static final Path KEPT = Path.of("src", "test", "resources", "fuzz");

    private final Body body;
    private final Seeds seeds;

    /** Says in a word or two what became of the bytes; throws when a promise is broken. */
    interface Body {
        String answer(byte[] bytes);
    }

    interface Seeds {
        List<byte[]> all();
    }

    FuzzTarget(Body body, Seeds seeds) {
        this.body = body;
        this.seeds = seeds;
    }

    String answer(byte[] bytes) {
        return body.answer(bytes);
    }

    /** What mutants are made from: mostly accepted, so that mutants get far. */
    List<byte[]> seeds() {
        return seeds.all();
    }

    /** What a guided search begins with: seeds, and what is kept. */
    List<byte[]> corpus() {
        List<byte[]> all = new ArrayList<>(seeds());
        all.addAll(kept());
        return all;
    }

    /** Inputs that once reached new code or broke a promise. */
    List<byte[]> kept() {
        if (!Files.isDirectory(folder())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder())) {
            List<byte[]> kept = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                kept.add(Files.readAllBytes(file));
            }
            return kept;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where they are kept. */
    Path folder() {
        return KEPT.resolve(name().toLowerCase(Locale.ROOT));
    }

    /** The class Jazzer runs. */
    String jazzerClass() {
        return switch (this) {
            case PREFLIGHT -> PreflightFuzz.class.getName();
            case MANIFEST -> ManifestFuzz.class.getName();
            case INSTRUMENTER -> InstrumenterFuzz.class.getName();
            case ABI -> AbiFuzz.class.getName();
        };
    }
}
