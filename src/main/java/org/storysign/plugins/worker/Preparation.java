package org.storysign.plugins.worker;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.wasm.WasmBinary;

/**
 * What a worker does before it shuts itself in, because behind that no file can be opened any more: jars stay open once they were
 * looked into, classes of folders are read, and a module of our own has gone the whole way.
 */
final class Preparation {

    private static final Path FIRST_TO_BE_KILLED = Path.of("/proc/self/oom_score_adj");
    private static final String WARM_UP = "warm-up.wasm";
    private static final String CLASS = ".class";

    private Preparation() {}

    static void of(SecureRandom random) throws IOException {
        offerToDieFirst();
        load(random);
    }

    /** Where memory runs out, the system takes this process and not the service. */
    private static void offerToDieFirst() {
        try {
            Files.write(FIRST_TO_BE_KILLED, List.of("1000"));
        } catch (IOException | UnsupportedOperationException otherSystem) {
            System.getLogger(Preparation.class.getName()).log(System.Logger.Level.DEBUG, "cannot offer to die first");
        }
    }

    private static void load(SecureRandom random) throws IOException {
        random.nextBytes(new byte[1]);
        System.getLogger(Preparation.class.getName())
                .log(System.Logger.Level.ERROR, "is read by nobody", new Throwable());
        ClassLoader loader = Preparation.class.getClassLoader();
        loader.getResources("is/nowhere").asIterator().forEachRemaining(none -> {});
        for (String entry : System.getProperty("java.class.path").split(":")) {
            if (Files.isDirectory(Path.of(entry))) {
                loadFolder(Path.of(entry), loader);
            }
        }
        try (InputStream module = Preparation.class.getResourceAsStream(WARM_UP)) {
            if (module == null) {
                throw new IllegalStateException("the warm-up module is not on the class path");
            }
            Pipe nowhere = new Pipe(new ByteArrayInputStream(new byte[0]), OutputStream.nullOutputStream());
            WorkerModule warm = new WorkerModule(new WasmBinary(module.readAllBytes()), SecurityLevel.ISOLATED, random);
            warm.warmUp(nowhere);
            exchangeFrames();
        }
    }

    /** Only while developing: the service comes in jars. */
    private static void loadFolder(Path folder, ClassLoader loader) throws IOException {
        String own = Preparation.class.getPackageName();
        Path rooms = folder.resolve(own.substring(0, own.lastIndexOf('.')).replace('.', '/'));
        try (Stream<Path> files = Files.walk(rooms)) {
            for (Path file :
                    (Iterable<Path>) files.filter(found -> found.toString().endsWith(CLASS))::iterator) {
                load(folder.relativize(file).toString(), loader);
            }
        }
    }

    private static void load(String file, ClassLoader loader) {
        try {
            Class.forName(file.substring(0, file.length() - CLASS.length()).replace('/', '.'), false, loader);
        } catch (ClassNotFoundException | LinkageError notForWorkers) {
            System.getLogger(Preparation.class.getName()).log(System.Logger.Level.TRACE, "left out " + file);
        }
    }

    private static void exchangeFrames() throws IOException {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        new Pipe(InputStream.nullInputStream(), written).send(Frame.Kind.ANSWER, new Answer.Done(new byte[1])::writeTo);
        try (DataOutputStream none = new DataOutputStream(OutputStream.nullOutputStream())) {
            Frame frame = new Pipe(new ByteArrayInputStream(written.toByteArray()), none).receive(Integer.MAX_VALUE);
            Answer.read(frame.fields(), SecurityLevel.ISOLATED.limits());
        }
    }
}
