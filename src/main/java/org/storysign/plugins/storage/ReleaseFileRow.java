package org.storysign.plugins.storage;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.util.Objects;
import org.hibernate.annotations.Immutable;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.plugin.Release;

/** Which file of a release is which artifact; an artifact stays while one of these or a release names it. */
@Entity
@Immutable
@Table(name = "release_file")
@SuppressWarnings("NullAway.Init") // Hibernate fills what it reads
public class ReleaseFileRow extends PanacheEntityBase {

    /** Its primary key. */
    @Embeddable
    public record Key(
            @Column(name = "tenant") String tenant,
            @Column(name = "plugin") String plugin,
            @Column(name = "version") String version,
            @Column(name = "path") String path) {}

    @EmbeddedId
    public Key key;

    public String digest;

    static ReleaseFileRow of(TenantId tenant, Release release, String path) {
        ReleaseFileRow row = new ReleaseFileRow();
        row.key = new Key(
                tenant.value(),
                release.manifest().id().value(),
                release.manifest().version().value(),
                path);
        row.digest = Objects.requireNonNull(release.manifest().files().get(path), path)
                .value();
        return row;
    }
}
