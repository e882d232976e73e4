package org.storysign.plugins.plugin;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.storysign.plugins.identity.Actor;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.plugin.Discovered.Status;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

/**
 * Installs the plugins that lie in a directory, a folder each, for the default tenant. A folder that cannot be installed is reported
 * and stops nothing. What an operator disabled stays disabled; what needs consent waits for it.
 */
@Singleton
public final class PluginDiscovery {

    private static final System.Logger LOG = System.getLogger(PluginDiscovery.class.getName());
    private static final Actor ACTOR = new Actor("system:discovery", TenantId.DEFAULT, Set.of(Role.ADMIN));
    private static final Set<ProblemCode> FOR_OPERATORS =
            Set.of(ProblemCode.CONSENT_REQUIRED, ProblemCode.PERMISSION_NOT_GRANTED, ProblemCode.CONFIG_INVALID);

    private final PluginInstaller installer;
    private final PluginLifecycle lifecycle;

    @Inject
    public PluginDiscovery(PluginInstaller installer, PluginLifecycle lifecycle) {
        this.installer = installer;
        this.lifecycle = lifecycle;
    }

    /** What happens to a plugin that is installed and was never enabled. */
    public enum Afterwards {
        /** It is enabled if it needs nobody's consent. */
        ENABLE,
        /** It stays as it is. */
        LEAVE
    }

    /** Looks at every folder, one after the other by name; a directory that is not there has none. */
    public Uni<List<Discovered>> discover(Path directory, Afterwards afterwards) {
        return Workers.supply(
                        () -> Files.isDirectory(directory) ? PackageFolder.in(directory) : List.<PackageFolder>of())
                .flatMap(folders -> Multi.createFrom()
                        .iterable(folders)
                        .onItem()
                        .transformToUniAndConcatenate(folder -> one(folder, afterwards))
                        .invoke(PluginDiscovery::log)
                        .collect()
                        .asList());
    }

    private Uni<Discovered> one(PackageFolder folder, Afterwards afterwards) {
        return Workers.supply(folder::read)
                .flatMap(upload -> installer.install(upload, ACTOR))
                .flatMap(outcome -> next(folder.name(), outcome, afterwards))
                .onFailure(ProblemException.class)
                .recoverWithItem(problem -> new Discovered(
                        folder.name(), Status.REFUSED, Optional.empty(), Optional.of((ProblemException) problem)));
    }

    private Uni<Discovered> next(String folder, InstallOutcome outcome, Afterwards afterwards) {
        return switch (outcome) {
            case InstallOutcome.VersionExists exists -> Uni.createFrom().item(changed(folder, exists.plugin()));
            case InstallOutcome.Created created -> enable(folder, created.plugin(), afterwards);
            case InstallOutcome.Identical identical -> enable(folder, identical.plugin(), afterwards);
        };
    }

    private Uni<Discovered> enable(String folder, Plugin plugin, Afterwards afterwards) {
        if (plugin.state() instanceof PluginState.Enabled) {
            return Uni.createFrom().item(Discovered.of(folder, Status.ENABLED, plugin));
        }
        if (afterwards == Afterwards.LEAVE || !(plugin.state() instanceof PluginState.Installed)) {
            return Uni.createFrom().item(Discovered.of(folder, Status.INSTALLED, plugin));
        }
        return lifecycle
                .enable(plugin.id(), EnableRequest.PLAIN, ACTOR)
                .map(enabled -> Discovered.of(folder, Status.ENABLED, enabled))
                .onFailure(ProblemException.class)
                .recoverWithItem(problem -> notEnabled(folder, plugin, (ProblemException) problem));
    }

    private static Discovered notEnabled(String folder, Plugin plugin, ProblemException problem) {
        Status status = FOR_OPERATORS.contains(problem.code()) ? Status.WAITS_FOR_OPERATOR : Status.REFUSED;
        return Discovered.of(folder, status, plugin).because(problem);
    }

    private static Discovered changed(String folder, Plugin plugin) {
        return Discovered.of(folder, Status.CHANGED_WITHOUT_NEW_VERSION, plugin)
                .because(new ProblemException(
                        ProblemCode.VERSION_EXISTS,
                        "the folder has other content than the stored plugin `" + plugin.id() + "` "
                                + plugin.active().manifest().version()
                                + ", which stays; raise its version, or uninstall the plugin first"));
    }

    private static void log(Discovered found) {
        System.Logger.Level level = switch (found.status()) {
            case ENABLED, INSTALLED -> System.Logger.Level.INFO;
            case WAITS_FOR_OPERATOR, CHANGED_WITHOUT_NEW_VERSION, REFUSED -> System.Logger.Level.WARNING;
        };
        LOG.log(
                level,
                () -> "plugin folder looked at folder=" + found.folder() + " status=" + found.status()
                        + found.problem()
                                .map(problem -> " code=" + problem.code().code() + ": " + problem.detail())
                                .orElse(""));
    }
}
