package org.storysign.plugins.storage;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.util.Optional;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.identity.Digest;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.wasm.WasmBinary;

/** The bytes of a module or a package's file under their digest. */
@Entity
@Immutable
@Table(name = "artifact")
@SuppressWarnings("NullAway.Init") // Hibernate fills what it reads
public class ArtifactRow extends PanacheEntityBase {

    /** Its primary key. */
    @Embeddable
    public record Key(
            @Column(name = "tenant") String tenant,
            @Column(name = "digest") String digest) {
        static Key of(TenantId tenant, Digest digest) {
            return new Key(tenant.value(), digest.value());
        }
    }

    @EmbeddedId
    public Key key;

    /** Null where the tenant points at shared bytes. */
    public byte @Nullable [] content;

    static ArtifactRow of(TenantId tenant, WasmBinary module) {
        return of(tenant, module.toBytes());
    }

    static ArtifactRow of(TenantId tenant, byte[] content) {
        ArtifactRow row = new ArtifactRow();
        row.key = Key.of(tenant, Digest.of(content));
        row.content = content;
        return row;
    }

    /** The bytes, the tenant's own or those it may see of the shared ones; empty when it has none of that digest. */
    static Uni<Optional<byte[]>> content(TenantId tenant, Digest digest) {
        return ArtifactRow.<ArtifactRow>findById(Key.of(tenant, digest)).flatMap(row -> {
            if (row == null) {
                return Uni.createFrom().item(Optional.empty());
            }
            return row.content == null
                    ? SharedReleases.content(digest)
                    : Uni.createFrom().item(Optional.of(row.content));
        });
    }
}
