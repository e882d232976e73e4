package org.storysign.plugins.storage;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.security.ApiKey;

/** An API key without its secret. */
@Entity
@Table(name = "api_key")
@SuppressWarnings("NullAway.Init") // Hibernate fills what it reads
public class ApiKeyRow extends PanacheEntityBase {

    /** Its primary key. */
    @Embeddable
    public record Key(
            @Column(name = "tenant") String tenant,
            @Column(name = "id") UUID id) {}

    @EmbeddedId
    public Key key;

    @Column(updatable = false)
    public String name;

    @Column(name = "secret_hash", updatable = false)
    public String secretHash;

    @Column(updatable = false)
    public String[] roles;

    @Column(updatable = false)
    public String[] plugins;

    @Column(updatable = false)
    public String users;

    @Column(name = "created_at", updatable = false)
    public Instant createdAt;

    @Column(name = "expires_at", updatable = false)
    public @Nullable Instant expiresAt;

    @Column(name = "revoked_at")
    public @Nullable Instant revokedAt;

    @Column(name = "last_used_at", insertable = false, updatable = false)
    public @Nullable Instant lastUsedAt;

    static ApiKeyRow of(ApiKey key) {
        ApiKeyRow row = new ApiKeyRow();
        row.key = new Key(key.tenant().value(), key.id());
        row.name = key.name();
        row.secretHash = key.secretHash();
        row.roles = key.roles().stream().map(Role::publicName).sorted().toArray(String[]::new);
        row.plugins = key.plugins().stream().map(PluginId::value).sorted().toArray(String[]::new);
        row.users = publicName(key.users());
        row.createdAt = key.createdAt();
        row.expiresAt = key.expiresAt().orElse(null);
        row.revokedAt = key.revokedAt().orElse(null);
        return row;
    }

    ApiKey toKey() {
        return new ApiKey(
                key.id(),
                new TenantId(key.tenant()),
                name,
                secretHash,
                Stream.of(roles).map(known(Role::parse)).collect(Collectors.toUnmodifiableSet()),
                Stream.of(plugins).map(PluginId::new).collect(Collectors.toUnmodifiableSet()),
                Stream.of(ApiKey.Users.values())
                        .filter(each -> publicName(each).equals(users))
                        .findFirst()
                        .orElseThrow(),
                createdAt,
                Optional.ofNullable(expiresAt),
                Optional.ofNullable(revokedAt),
                Optional.ofNullable(lastUsedAt));
    }

    private static String publicName(ApiKey.Users users) {
        return users.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static <T> Function<String, T> known(Function<String, Optional<T>> parse) {
        return text -> parse.apply(text)
                .orElseThrow(() -> new IllegalStateException("the database holds an unknown name: " + text));
    }
}
