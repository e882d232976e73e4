package org.storysign.plugins.storage;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.identity.Digest;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.signature.TrustedKey;
import org.storysign.plugins.signature.VerificationKey;

/** A key that a tenant trusts, or trusted. */
@Entity
@DynamicUpdate
@Table(name = "publisher_key")
@SuppressWarnings("NullAway.Init") // Hibernate fills what it reads
public class PublisherKeyRow extends PanacheEntityBase {

    /** Its primary key. */
    @Embeddable
    public record Key(
            @Column(name = "tenant") String tenant,
            @Column(name = "fingerprint") String fingerprint) {
        static Key of(TenantId tenant, Digest fingerprint) {
            return new Key(tenant.value(), fingerprint.value());
        }
    }

    @EmbeddedId
    public Key key;

    @Column(updatable = false)
    public String publisher;

    @Column(updatable = false)
    public String pem;

    @Column(name = "valid_from", updatable = false)
    public Instant validFrom;

    @Column(name = "expires_at", updatable = false)
    public @Nullable Instant expiresAt;

    @Column(name = "revoked_at")
    public @Nullable Instant revokedAt;

    @Column(name = "added_at", updatable = false)
    public Instant addedAt;

    static PublisherKeyRow of(TenantId tenant, TrustedKey trusted) {
        PublisherKeyRow row = new PublisherKeyRow();
        row.key = Key.of(tenant, trusted.key().fingerprint());
        row.publisher = trusted.publisher();
        row.pem = trusted.key().pem();
        row.validFrom = trusted.validFrom();
        row.expiresAt = trusted.expiresAt().orElse(null);
        row.revokedAt = trusted.revokedAt().orElse(null);
        row.addedAt = TenantTransactions.now();
        return row;
    }

    /** Empty when the text is no key any more, or another than the row was made for: then nobody is trusted by it. */
    Optional<TrustedKey> toKey() {
        return VerificationKey.parse(pem)
                .filter(verifying -> verifying.fingerprint().value().equals(key.fingerprint()))
                .map(verifying -> new TrustedKey(
                        publisher,
                        verifying,
                        validFrom,
                        Optional.ofNullable(expiresAt),
                        Optional.ofNullable(revokedAt)));
    }
}
