package org.storysign.plugins.storage;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.hibernate.annotations.Immutable;
import org.storysign.plugins.identity.Digest;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.manifest.ManifestReader;
import org.storysign.plugins.plugin.Release;

/** A release. The manifest is kept as it was given; name, description and permissions are taken from it for searching. */
@Entity
@Immutable
@Table(name = "release")
@SuppressWarnings("NullAway.Init") // Hibernate fills what it reads
public class ReleaseRow extends PanacheEntityBase {

    /** Its primary key. */
    @Embeddable
    public record Key(
            @Column(name = "tenant") String tenant,
            @Column(name = "plugin") String plugin,
            @Column(name = "version") String version) {
        static Key of(TenantId tenant, Release release) {
            return new Key(
                    tenant.value(),
                    release.manifest().id().value(),
                    release.manifest().version().value());
        }

        static Key active(PluginRow row) {
            return new Key(row.key.tenant(), row.key.plugin(), row.activeVersion);
        }
    }

    @EmbeddedId
    public Key key;

    @Column(name = "package_digest")
    public String packageDigest;

    @Column(name = "module_digest")
    public String moduleDigest;

    public String manifest;

    public String name;

    public String description;

    public String[] permissions;

    public String scan;

    @Column(name = "installed_at")
    public Instant installedAt;

    @Column(name = "installed_by")
    public String installedBy;

    public String signatures;

    static ReleaseRow of(TenantId tenant, Release release) {
        ReleaseRow row = new ReleaseRow();
        row.key = Key.of(tenant, release);
        row.packageDigest = release.packageDigest().value();
        row.moduleDigest = release.moduleDigest().value();
        row.manifest = release.manifest().source().toString();
        row.name = release.manifest().about().name();
        row.description = release.manifest().about().description();
        row.permissions = release.manifest().permissions().stream()
                .map(permission -> permission.name().publicName())
                .toArray(String[]::new);
        row.scan = Documents.scan(release.scan());
        row.installedAt = release.installedAt();
        row.installedBy = release.installedBy();
        row.signatures = Documents.signatures(release.signatures());
        return row;
    }

    Release toRelease(ManifestReader reader) {
        return new Release(
                reader.read(manifest.getBytes(StandardCharsets.UTF_8)),
                new Digest(packageDigest),
                new Digest(moduleDigest),
                Documents.scan(scan),
                installedAt,
                installedBy,
                Documents.signatures(signatures));
    }
}
