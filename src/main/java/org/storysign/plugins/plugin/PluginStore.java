package org.storysign.plugins.plugin;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import org.storysign.plugins.audit.AuditEntry;
import org.storysign.plugins.identity.Digest;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.signature.PackageSignature;
import org.storysign.plugins.wasm.WasmBinary;

/**
 * Port: keeps plugins, releases and their artifacts. Every change is one transaction together with its audit entry and a step of
 * the tenant's catalogue revision. Fails with {@code ProblemException} {@code database-unavailable}.
 */
public interface PluginStore {

    /**
     * Keeps a release. A new plugin starts as {@code installed} with this release active; for one that exists, the release becomes
     * active only while the plugin is {@code installed}, {@code disabled} or {@code failed}. Beside one that serves, is being enabled or
     * was quarantined it waits, and nothing of the plugin changes. The same package again changes nothing but that signatures it did not
     * have are kept with it; fails with {@code signature-rejected} when it would have more than {@link PackageSignature#MOST}.
     */
    Uni<InstallOutcome> install(TenantId tenant, Release release, PackageContent content, AuditEntry audit);

    /** The same for a package without files. */
    default Uni<InstallOutcome> install(TenantId tenant, Release release, WasmBinary module, AuditEntry audit) {
        return install(tenant, release, new PackageContent(module, PackageFiles.NONE), audit);
    }

    Uni<Optional<Plugin>> find(TenantId tenant, PluginId id);

    /** Plugins by id, beginning after {@code filter.after()}, at most {@code filter.limit()}. */
    Uni<List<Plugin>> list(TenantId tenant, PluginFilter filter);

    /** In the order in which they were installed, and of their versions' text when that was at the same time. */
    Uni<List<Release>> releases(TenantId tenant, PluginId id);

    /**
     * Writes state, active release, grants, level, consent, config and config revision as they are in {@code changed}, if the stored revision is still
     * {@code changed.revision()}; steps the plugin's revision and sets its time of update.
     *
     * @param check is asked in the same transaction; what it fails with, this fails with, and nothing is written
     * @return the plugin with its new revision, or empty when somebody else changed or removed it first
     */
    Uni<Optional<Plugin>> replace(Plugin changed, EnabledCheck check, AuditEntry audit);

    /** The same whatever else is enabled. */
    default Uni<Optional<Plugin>> replace(Plugin changed, AuditEntry audit) {
        return replace(changed, EnabledCheck.NONE, audit);
    }

    /** Whether a change fits the plugins that are enabled at its moment, itself as it was before among them. */
    @FunctionalInterface
    interface EnabledCheck {

        EnabledCheck NONE = enabled -> {};

        /** Fails with {@code plugin-state-conflict} unless all that the plugin needs serves. */
        static EnabledCheck served(Plugin wanted) {
            return StoredPlugins.stillServed(wanted);
        }

        /** Fails with {@code ProblemException} when it does not. */
        void require(List<Plugin> enabled);
    }

    /** Removes the plugin, its releases and artifacts, and its data as {@code data} says; false when it was changed first. */
    Uni<Boolean> remove(Plugin plugin, DataOnRemoval data, AuditEntry audit);

    /** The module's bytes; empty when the tenant has none of that digest. */
    Uni<Optional<WasmBinary>> artifact(TenantId tenant, Digest moduleDigest);

    /** The bytes of a package's file; empty when the tenant has none of that digest. */
    Uni<Optional<byte[]>> file(TenantId tenant, Digest digest);

    /** What happens to a plugin's data when it is uninstalled. */
    enum DataOnRemoval {
        KEEP,
        DELETE
    }
}
