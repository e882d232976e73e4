package org.storysign.plugins.plugin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.storysign.plugins.identity.Actor;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.problem.GuestText;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

/**
 * Finds packages in a directory, one folder each with {@code manifest.json} and the module it names, and installs them for the
 * default tenant. Under {@code serve} it enables what needs no consent as well, and replaces an older version that is enabled: it is
 * the author's loop. One bad package does not stop the others.
 */
@Singleton
public final class PluginDiscovery {

    /** Who the audit trail names. */
    public static final Actor ACTOR = new Actor("system:discovery", TenantId.DEFAULT, Set.of(Role.ADMIN));

    private static final String MANIFEST = "manifest.json";
    private static final String USUAL_MODULE = "plugin.wasm";

    private final PluginInstaller installer;
    private final PluginLifecycle lifecycle;

    @Inject
    public PluginDiscovery(PluginInstaller installer, PluginLifecycle lifecycle) {
        this.installer = installer;
        this.lifecycle = lifecycle;
    }

    /** What is done with a package that was installed. */
    public enum Mode {
        INSTALL,
        INSTALL_AND_ENABLE
    }

    /**
     * What became of one folder.
     *
     * @param folder its name
     * @param line one sentence for a person
     * @param good whether the plugin is as the folder says
     */
    public record Discovered(String folder, String line, boolean good) {}

    /** Looks once; folders in order of their names. A directory that is not there holds nothing. */
    public Uni<List<Discovered>> run(Path directory, Mode mode) {
        return Workers.supply(() -> folders(directory))
                .flatMap(folders -> Multi.createFrom()
                        .iterable(folders)
                        .onItem()
                        .transformToUniAndConcatenate(folder -> discover(folder, mode))
                        .collect()
                        .asList());
    }

    private Uni<Discovered> discover(Path folder, Mode mode) {
        String name = folder.getFileName().toString();
        return Workers.supply(() -> read(folder))
                .flatMap(read -> install(read, mode))
                .map(line -> new Discovered(name, line, true))
                .onFailure()
                .recoverWithItem(failure -> new Discovered(name, sentence(failure), false));
    }

    private Uni<String> install(PluginPackage read, Mode mode) {
        return installer
                .install(read, ACTOR)
                .onFailure(failure -> mode == Mode.INSTALL_AND_ENABLE && isServing(failure))
                .recoverWithUni(failure -> lifecycle
                        .disable(new PluginId(fact((ProblemException) failure)), ACTOR)
                        .flatMap(disabled -> installer.install(read, ACTOR)))
                .flatMap(outcome -> switch (outcome) {
                    case InstallOutcome.Created created -> enable(created.plugin(), mode, "installed");
                    case InstallOutcome.Identical identical -> enable(identical.plugin(), mode, "unchanged");
                    case InstallOutcome.VersionExists exists ->
                        throw new ProblemException(
                                ProblemCode.VERSION_EXISTS,
                                "version " + exists.plugin().active().manifest().version()
                                        + " is installed with other content; raise `version` in the manifest");
                });
    }

    /** An operator who has disabled a plugin is not overruled: only what is new is enabled. */
    private Uni<String> enable(Plugin plugin, Mode mode, String how) {
        String line = plugin.id() + " " + plugin.active().manifest().version() + " " + how;
        boolean isNew = plugin.state() instanceof PluginState.Installed || how.equals("installed");
        if (mode == Mode.INSTALL || !isNew) {
            return Uni.createFrom().item(line + ", " + plugin.state().publicName());
        }
        return lifecycle
                .enable(plugin.id(), EnableRequest.PLAIN, ACTOR)
                .map(enabled -> line + ", enabled")
                .onFailure(PluginDiscovery::needsAnOperator)
                .recoverWithItem(failure -> line + ", waits for an operator: " + sentence(failure));
    }

    private static boolean needsAnOperator(Throwable failure) {
        return failure instanceof ProblemException problem
                && (problem.code() == ProblemCode.CONSENT_REQUIRED
                        || problem.code() == ProblemCode.PERMISSION_NOT_GRANTED);
    }

    private static boolean isServing(Throwable failure) {
        return failure instanceof ProblemException problem
                && problem.code() == ProblemCode.PLUGIN_STATE_CONFLICT
                && !fact(problem).isEmpty();
    }

    private static String fact(ProblemException problem) {
        return String.valueOf(problem.facts().getOrDefault(org.storysign.plugins.problem.FactKey.PLUGIN, ""));
    }

    private static String sentence(Throwable failure) {
        return switch (failure) {
            case ProblemException problem -> problem.code().code() + ": " + problem.detail();
            case UncheckedIOException unreadable ->
                "cannot be read: " + unreadable.getMessage();
            default -> "something went wrong inside: " + failure.getClass().getSimpleName();
        };
    }

    private static List<Path> folders(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(entry -> Files.isRegularFile(entry.resolve(MANIFEST)))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PluginPackage read(Path folder) {
        try {
            byte[] manifest = Files.readAllBytes(folder.resolve(MANIFEST));
            Path module =
                    folder.resolve(entryPoint(manifest).orElse(USUAL_MODULE)).normalize();
            if (!module.startsWith(folder)) {
                throw new ProblemException(
                        ProblemCode.MANIFEST_INVALID,
                        "`entry_point` leads out of the package: " + GuestText.quote(module.toString()),
                        Map.of());
            }
            return new PluginPackage(manifest, Files.readAllBytes(module));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A manifest that is not valid is told so by the installer, with all its faults; here only the name matters. */
    private static Optional<String> entryPoint(byte[] manifest) throws IOException {
        try {
            return Optional.ofNullable(
                    new ObjectMapper().readTree(manifest).path("entry_point").textValue());
        } catch (JsonProcessingException notJson) {
            return Optional.empty();
        }
    }
}
