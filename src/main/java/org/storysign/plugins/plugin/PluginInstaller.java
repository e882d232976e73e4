package org.storysign.plugins.plugin;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.storysign.plugins.identity.Actor;

/** Brings code: from an uploaded package to a stored release. */
@Singleton
public final class PluginInstaller {

    @Inject
    public PluginInstaller(PluginStore store, Clock clock) {}

    /** Installs a package. Fails with {@code ProblemException}; then nothing was stored. */
    public Uni<InstallOutcome> install(PluginPackage upload, Actor actor) {
        throw new IllegalStateException("not built");
    }

    /** The same checks as {@link #install}; nothing is stored. */
    public Uni<PackageCheck> check(PluginPackage upload) {
        throw new IllegalStateException("not built");
    }

    /** The checks of a manifest alone. */
    public Uni<PackageCheck> checkManifest(byte[] manifest) {
        throw new IllegalStateException("not built");
    }

    /** The checks of a module alone. */
    public Uni<PackageCheck> checkModule(byte[] module) {
        throw new IllegalStateException("not built");
    }
}
