package org.storysign.plugins.sandbox.chicory;

import com.dylibso.chicory.compiler.Cache;
import com.dylibso.chicory.compiler.MachineFactoryCompiler;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.wasm.ChicoryException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Takes the classes that the engine's compiler generates before they are loaded, has {@link GeneratedAccess} rewrite one of them, and
 * has the engine load what came of it. The way in and out is the compiler's public cache, which holds a module's classes as one .jar.
 */
final class GeneratedCode {

    private static final System.Logger LOG = System.getLogger(GeneratedCode.class.getName());

    /** Not where the engine and this class have loaders that do not see each other. */
    private static final boolean POSSIBLE = GeneratedAccess.isPossible();

    /** With {@code -D} and the value {@code as-is}, generated code runs as it is: to compare, or when a fault is suspected. */
    public static final String SWITCH = "storysign.sandbox.generated-code";

    private GeneratedCode() {}

    /**
     * Compiles, and loads what is rewritten if that is possible, else what was generated. Fails as the compiler does.
     *
     * @param compiler makes the compiler anew each time, for the same module
     * @param fuelGlobal the index of the fuel counter, where the module has a memory that holds it
     */
    static Function<Instance, Machine> compile(
            Supplier<MachineFactoryCompiler.Builder> compiler, OptionalInt fuelGlobal) {
        boolean asIs = "as-is".equals(System.getProperty(SWITCH));
        return POSSIBLE && !asIs
                ? rewritten(compiler, fuelGlobal)
                : compiler.get().compile();
    }

    private static Function<Instance, Machine> rewritten(
            Supplier<MachineFactoryCompiler.Builder> compiler, OptionalInt fuelGlobal) {
        Generated generated = new Generated();
        try {
            // Without a digest the compiler asks no cache, and has loaded what it made.
            return compiler.get().withCache(generated).compile();
        } catch (ChicoryException refused) {
            byte[] classes = generated.classes;
            if (classes == null) {
                throw refused;
            }
            return compiler.get()
                    .withCache(new Given(rewrittenIfPossible(classes, fuelGlobal)))
                    .compile();
        }
    }

    private static byte[] rewrittenIfPossible(byte[] classes, OptionalInt fuelGlobal) {
        try {
            return rewritten(classes, fuelGlobal);
        } catch (RuntimeException unknownShape) {
            LOG.log(System.Logger.Level.WARNING, "generated code cannot be rewritten; it runs as it is", unknownShape);
            return classes;
        }
    }

    /** All classes of a module; those of its functions only where it has a memory. */
    static byte[] rewritten(byte[] jar, OptionalInt fuelGlobal) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(2 * jar.length);
        boolean found = false;
        try (ZipInputStream from = new ZipInputStream(new ByteArrayInputStream(jar));
                ZipOutputStream to = new ZipOutputStream(bytes)) {
            to.setLevel(Deflater.NO_COMPRESSION);
            for (ZipEntry entry = from.getNextEntry(); entry != null; entry = from.getNextEntry()) {
                to.putNextEntry(new ZipEntry(entry.getName()));
                byte[] content = from.readAllBytes();
                if (entry.getName().endsWith("/" + GeneratedAccess.NAME + ".class")) {
                    Optional<byte[]> ours = GeneratedAccess.rewritten(content);
                    found = ours.isPresent();
                    to.write(ours.orElse(content));
                } else if (entry.getName().endsWith(".class") && fuelGlobal.isPresent()) {
                    to.write(GeneratedAccess.withGlobals(content, fuelGlobal.getAsInt()));
                } else {
                    to.write(content);
                }
                to.closeEntry();
            }
        } catch (IOException e) {
            throw new IllegalStateException("memory can be read and written", e);
        }
        if (!found) {
            LOG.log(System.Logger.Level.WARNING, "generated code has another shape than is known; it runs as it is");
        }
        return bytes.toByteArray();
    }

    /** Has nothing, and stops the compiler when it has generated all classes, before it loads them. */
    private static final class Generated implements Cache {
        private byte @Nullable [] classes;

        @Override
        public byte @Nullable [] get(String digest) {
            return null;
        }

        @Override
        public void putIfAbsent(String digest, byte[] jar) throws IOException {
            classes = jar;
            throw new IOException("generated");
        }
    }

    /** Has one module's classes. */
    private record Given(byte[] jar) implements Cache {

        @Override
        public byte[] get(String digest) {
            return jar;
        }

        @Override
        public void putIfAbsent(String digest, byte[] loaded) {}
    }
}
