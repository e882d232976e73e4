package org.storysign.plugins.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.Actor;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.TestClock;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.security.KeyService.CreatedKey;
import org.storysign.plugins.security.KeyService.KeyRequest;

class KeyAuthenticatorTest {

    private static final String ADMIN_KEY = "an-admin-key-of-some-length";
    private static final TenantId ACME = new TenantId("acme");
    private static final Actor ACME_ADMIN = new Actor("platform:admin-key", ACME, Set.of(Role.ADMIN));

    private final TestClock clock = new TestClock();
    private final InMemoryApiKeys store = new InMemoryApiKeys();
    private final KeyCache cache = new KeyCache(store, clock);
    private final KeyUse use = new KeyUse(store, clock);
    private final KeyService service = new KeyService(store, cache, clock);
    private final InMemoryUserTokens tokens = new InMemoryUserTokens(clock);
    private final KeyAuthenticator authenticator =
            new KeyAuthenticator(cache, use, tokens, () -> Optional.of(ADMIN_KEY), clock);

    @Test
    void the_platform_key_is_an_admin_of_the_default_tenant() {
        Caller caller = authenticate(ADMIN_KEY, null);

        assertThat(caller.actor()).isEqualTo(new Actor("platform:admin-key", TenantId.DEFAULT, Set.of(Role.ADMIN)));
    }

    @Test
    void the_platform_key_acts_in_the_tenant_that_the_request_names() {
        Caller caller = authenticate(ADMIN_KEY, "acme");

        assertThat(caller.actor().tenant()).isEqualTo(ACME);
    }

    @Test
    void without_a_configured_platform_key_nobody_is_an_admin() {
        KeyAuthenticator none = new KeyAuthenticator(cache, use, tokens, Optional::empty, clock);

        assertThatThrownBy(() ->
                        none.authenticate(credentials(ADMIN_KEY, null)).await().indefinitely())
                .satisfies(KeyAuthenticatorTest::isUnauthenticated);
    }

    @Test
    void a_platform_key_of_19_characters_is_refused_at_start_and_one_of_20_is_not() {
        assertThatThrownBy(() -> new KeyAuthenticator(cache, use, tokens, () -> Optional.of("a".repeat(19)), clock))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "The setting storysign.admin-key is `19 characters long`, expected 20 or more, hard to guess.");
        assertThat(new KeyAuthenticator(cache, use, tokens, () -> Optional.of("a".repeat(20)), clock))
                .isNotNull();
    }

    @Test
    void a_made_key_belongs_to_its_tenant_and_has_its_roles() {
        CreatedKey made = make(Optional.empty());

        Caller caller = authenticate(made.secret().reveal(), null);

        assertThat(caller.actor().tenant()).isEqualTo(ACME);
        assertThat(caller.actor().roles()).containsExactly(Role.VIEWER);
        assertThat(caller.actor().name())
                .isEqualTo("key:ci:" + made.key().id().toString().substring(0, 8));
    }

    @Test
    void a_key_cannot_name_another_tenant_but_may_name_its_own() {
        CreatedKey made = make(Optional.empty());

        assertThat(authenticate(made.secret().reveal(), "acme").actor().tenant())
                .isEqualTo(ACME);
        assertThatThrownBy(() -> authenticate(made.secret().reveal(), "other"))
                .asInstanceOf(InstanceOfAssertFactories.type(ProblemException.class))
                .extracting(ProblemException::code)
                .isEqualTo(ProblemCode.FORBIDDEN);
    }

    @Test
    void an_unknown_key_is_refused() {
        assertThatThrownBy(() -> authenticate("ssk_not-a-key-that-was-ever-made", null))
                .satisfies(KeyAuthenticatorTest::isUnauthenticated);
    }

    @Test
    void a_key_is_valid_until_the_moment_it_expires() {
        Instant end = clock.instant().plusSeconds(60);
        CreatedKey made = make(Optional.of(end));

        clock.advance(Duration.ofMillis(59_999));
        assertThat(authenticate(made.secret().reveal(), null)).isNotNull();
        clock.advance(Duration.ofMillis(1));

        assertThatThrownBy(() -> authenticate(made.secret().reveal(), null))
                .satisfies(KeyAuthenticatorTest::isUnauthenticated);
    }

    @Test
    void a_key_revoked_by_this_process_is_refused_at_once() {
        CreatedKey made = make(Optional.empty());
        authenticate(made.secret().reveal(), null);

        service.revoke(made.key().id(), ACME_ADMIN).await().indefinitely();

        assertThatThrownBy(() -> authenticate(made.secret().reveal(), null))
                .satisfies(KeyAuthenticatorTest::isUnauthenticated);
    }

    @Test
    void a_key_revoked_by_another_process_is_refused_within_two_seconds() {
        CreatedKey made = make(Optional.empty());
        authenticate(made.secret().reveal(), null);
        new KeyService(store, new KeyCache(store, clock), clock)
                .revoke(made.key().id(), ACME_ADMIN)
                .await()
                .indefinitely();

        clock.advance(Duration.ofSeconds(2));

        assertThatThrownBy(() -> authenticate(made.secret().reveal(), null))
                .satisfies(KeyAuthenticatorTest::isUnauthenticated);
    }

    @Test
    void a_hundred_requests_within_a_second_ask_the_store_once() {
        CreatedKey made = make(Optional.empty());

        for (int request = 0; request < 100; request++) {
            authenticate(made.secret().reveal(), null);
        }

        assertThat(store.lookups()).isEqualTo(1);
    }

    @Test
    void that_a_key_is_used_is_kept_once_a_minute() {
        CreatedKey made = make(Optional.empty());

        for (int request = 0; request < 100; request++) {
            authenticate(made.secret().reveal(), null);
        }
        assertThat(store.uses()).isEqualTo(1);
        clock.advance(ApiKeyStore.USE_KEPT_EVERY);
        authenticate(made.secret().reveal(), null);

        assertThat(store.uses()).isEqualTo(2);
    }

    @Test
    void a_key_without_an_end_has_one_in_a_year() {
        CreatedKey made = make(Optional.empty());

        clock.advance(KeyService.USUAL_LIFE.minusSeconds(1));
        assertThat(authenticate(made.secret().reveal(), null)).isNotNull();
        clock.advance(Duration.ofSeconds(1));

        assertThatThrownBy(() -> authenticate(made.secret().reveal(), null))
                .satisfies(KeyAuthenticatorTest::isUnauthenticated);
    }

    @Test
    void a_flood_of_wrong_keys_does_not_fill_the_cache_without_end() {
        for (int guess = 0; guess < KeyCache.LARGEST + 100; guess++) {
            cache.find("hash-" + guess).await().indefinitely();
        }

        assertThat(cache.size()).isLessThanOrEqualTo(KeyCache.LARGEST);
    }

    private CreatedKey make(Optional<Instant> expiresAt) {
        KeyRequest request = new KeyRequest("ci", Set.of(Role.VIEWER), Set.of(), ApiKey.Users.AS_TOKEN, expiresAt);
        return service.create(request, ACME_ADMIN).await().indefinitely();
    }

    private Caller authenticate(String key, @org.jspecify.annotations.Nullable String tenant) {
        return authenticator.authenticate(credentials(key, tenant)).await().indefinitely();
    }

    private static Credentials credentials(String key, @org.jspecify.annotations.Nullable String tenant) {
        return Credentials.read("Bearer " + key, null, tenant);
    }

    private static void isUnauthenticated(Throwable fault) {
        assertThat(fault)
                .asInstanceOf(InstanceOfAssertFactories.type(ProblemException.class))
                .extracting(ProblemException::code)
                .isEqualTo(ProblemCode.UNAUTHENTICATED);
    }
}
