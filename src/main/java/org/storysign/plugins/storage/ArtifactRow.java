package org.storysign.plugins.storage;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;
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

    public byte[] content;

    static ArtifactRow of(TenantId tenant, WasmBinary module) {
        return of(tenant, module.toBytes());
    }

    static ArtifactRow of(TenantId tenant, byte[] content) {
        ArtifactRow row = new ArtifactRow();
        row.key = Key.of(tenant, Digest.of(content));
        row.content = content;
        return row;
    }
}
