package org.storysign.plugins.storage;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;
import org.storysign.plugins.identity.Digest;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.plugin.BlockedDigest;

/** A digest that must not run in one tenant. Those of everywhere are seen by a function of the owner only. */
@Entity
@Immutable
@Table(name = "blocked_digest")
@SuppressWarnings("NullAway.Init") // Hibernate fills what it reads
public class BlockedDigestRow extends PanacheEntityBase {

    /** What stands for all tenants. */
    static final String EVERYWHERE = "*";

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

    public String reason;

    @Column(name = "blocked_by")
    public String blockedBy;

    @Column(name = "blocked_at")
    public Instant blockedAt;

    static BlockedDigestRow of(TenantId tenant, Digest digest, String reason, String by) {
        BlockedDigestRow row = new BlockedDigestRow();
        row.key = Key.of(tenant, digest);
        row.reason = reason;
        row.blockedBy = by;
        row.blockedAt = TenantTransactions.now();
        return row;
    }

    BlockedDigest toBlocked() {
        return new BlockedDigest(
                new Digest(key.digest()), key.tenant().equals(EVERYWHERE), reason, blockedBy, blockedAt);
    }
}
