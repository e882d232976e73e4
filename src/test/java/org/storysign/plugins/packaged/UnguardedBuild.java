package org.storysign.plugins.packaged;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** A copy of the packaged service in which nothing looks at modules before the engine's parser: the product has no switch for that. */
final class UnguardedBuild {

    private static final Path APP = Path.of("target", "quarkus-app");
    private static final String ROOM = "org/storysign/plugins/wasm/";

    private static final Map<String, String> WITHOUT_GUARD = Map.of("Preflight", """
            package org.storysign.plugins.wasm;
            import java.util.*;
            public final class Preflight {
                public static PreflightedModule check(WasmBinary binary, org.storysign.plugins.limits.CodeLimits limits) {
                    try {
                        return new PreflightedModule(binary, new SectionWalk(binary.cursor(), limits).walk());
                    } catch (MalformedModuleException | RejectedModuleException letThrough) {
                        return new PreflightedModule(binary, new Outline(
                                FunctionTable.of(TypeTable.EMPTY, List.of()), List.of(), List.of(), Optional.empty(),
                                Optional.empty(), List.of(), OptionalLong.empty(), Optional.empty()));
                    }
                }
            }""", "CustomSections", """
            package org.storysign.plugins.wasm;
            final class CustomSections {
                static byte[] strip(WasmBinary binary) { return binary.toBytes(); }
            }""");

    private UnguardedBuild() {}

    /** Makes it in that folder; gives what to start. */
    static Path in(Path folder) {
        try (Stream<Path> files = Files.walk(APP)) {
            for (Path file : files.toList()) {
                Path copy = folder.resolve(APP.relativize(file).toString());
                Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
            }
            patch(folder);
            return folder.resolve("quarkus-run.jar");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void patch(Path folder) throws IOException {
        Path classes = Files.createDirectories(folder.resolve("unguarded"));
        compile(classes);
        try (Stream<Path> jars = Files.list(folder.resolve("app"))) {
            Path jar = jars.findFirst().orElseThrow();
            try (FileSystem inside = FileSystems.newFileSystem(jar, Map.of())) {
                for (String name : WITHOUT_GUARD.keySet()) {
                    Files.copy(
                            classes.resolve(ROOM + name + ".class"),
                            inside.getPath(ROOM + name + ".class"),
                            StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    private static void compile(Path classes) {
        List<JavaFileObject> sources = WITHOUT_GUARD.entrySet().stream()
                .<JavaFileObject>map(source -> new Source(source.getKey(), source.getValue()))
                .toList();
        boolean compiled = ToolProvider.getSystemJavaCompiler()
                .getTask(
                        null,
                        null,
                        null,
                        List.of("-proc:none", "-cp", System.getProperty("java.class.path"), "-d", classes.toString()),
                        null,
                        sources)
                .call();
        if (!compiled) {
            throw new IllegalStateException("the classes without guard do not compile");
        }
    }

    private static final class Source extends SimpleJavaFileObject {

        private final String text;

        Source(String name, String text) {
            super(URI.create("string:///" + ROOM + name + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
