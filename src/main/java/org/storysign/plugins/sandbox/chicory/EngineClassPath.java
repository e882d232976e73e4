package org.storysign.plugins.sandbox.chicory;

import com.dylibso.chicory.compiler.MachineFactoryCompiler;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.Parser;
import java.io.File;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** The class path of a Java process that runs the engine: the jars or folders it needs of this process's, and no others. */
public final class EngineClassPath {

    private static final List<String> NEEDED = List.of(
            EngineClassPath.class.getName(),
            Parser.class.getName(),
            Instance.class.getName(),
            MachineFactoryCompiler.class.getName(),
            NullMarked.class.getName(),
            "org.objectweb.asm.ClassVisitor",
            "org.objectweb.asm.commons.InstructionAdapter",
            "org.objectweb.asm.tree.ClassNode",
            "org.objectweb.asm.tree.analysis.Analyzer",
            "org.objectweb.asm.util.CheckClassAdapter");

    private EngineClassPath() {}

    /** With what {@code more} classes come from. */
    public static String with(Class<?>... more) {
        return Stream.concat(NEEDED.stream(), Stream.of(more).map(Class::getName))
                .flatMap(name -> origin(name).stream())
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static Optional<String> origin(String name) {
        try {
            Class<?> type = Class.forName(name, false, EngineClassPath.class.getClassLoader());
            return Stream.ofNullable(type.getProtectionDomain().getCodeSource())
                    .map(source -> path(String.valueOf(source.getLocation())))
                    .findFirst();
        } catch (ClassNotFoundException notOfThisVersion) {
            return Optional.empty();
        }
    }

    /** Of {@code file:/a.jar} and of {@code jar:file:/a.jar!/}. */
    private static String path(String location) {
        String file = location.startsWith("jar:") ? location.substring(4, location.indexOf("!/")) : location;
        try {
            return Path.of(new URI(file)).toString();
        } catch (URISyntaxException unknown) {
            throw new IllegalStateException(unknown);
        }
    }
}
