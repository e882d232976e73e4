package org.storysign.plugins.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.Actor;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.identity.UserId;
import org.storysign.plugins.kit.TestClock;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.security.RequestRates.Rate;
import org.storysign.plugins.security.RequestRates.Terms;

class RequestRatesTest {

    private static final Terms TERMS =
            new Terms(true, new Rate(10, 20), new Rate(1, 3), new Rate(1, 2), new Rate(1, 5));

    private final TestClock clock = new TestClock();
    private final RequestRates rates = new RequestRates(TERMS, clock);
    private final KeySecret guess = new KeySecret("ssk_guess");

    @Test
    void a_key_has_its_burst_and_then_its_rate() {
        Caller key = key();
        times(20, () -> rates.take(key));

        assertLimited(() -> rates.take(key), 1);
        clock.advance(Duration.ofMillis(99));
        assertLimited(() -> rates.take(key), 1);
        clock.advance(Duration.ofMillis(1));
        rates.take(key);
        assertLimited(() -> rates.take(key), 1);
    }

    @Test
    void one_key_takes_nothing_from_another() {
        Caller busy = key();
        times(20, () -> rates.take(busy));

        rates.take(key());
        assertLimited(() -> rates.take(busy), 1);
    }

    @Test
    void subjects_of_an_identity_provider_have_a_rate_each() {
        times(20, () -> rates.take(subject("oidc:main:ada")));

        assertLimited(() -> rates.take(subject("oidc:main:ada")), 1);
        rates.take(subject("oidc:main:grace"));
    }

    @Test
    void a_user_has_one_rate_in_all_tokens_and_tenants_are_apart() {
        rates.take(user("acme", UUID.randomUUID()));
        rates.take(user("acme", UUID.randomUUID()));
        rates.take(user("acme", UUID.randomUUID()));

        assertLimited(() -> rates.take(user("acme", UUID.randomUUID())), 1);
        rates.take(user("other", UUID.randomUUID()));
    }

    @Test
    void when_to_come_back_is_the_whole_wait() {
        RequestRates slow = new RequestRates(
                new Terms(true, new Rate(1, 1), new Rate(1, 1), new Rate(1, 1), new Rate(1, 1)), clock);
        Caller key = key();
        slow.take(key);
        clock.advance(Duration.ofMillis(1));

        assertLimited(() -> slow.take(key), 1);
    }

    @Test
    void an_address_that_guesses_is_held_to_its_rate_even_when_it_guesses_right() {
        times(5, () -> {
            rates.requireFewFailures("10.0.0.1", guess);
            rates.failed("10.0.0.1");
        });

        assertLimited(() -> rates.requireFewFailures("10.0.0.1", guess), 1);
        rates.requireFewFailures("10.0.0.2", guess);
        clock.advance(Duration.ofSeconds(1));
        rates.requireFewFailures("10.0.0.1", guess);
    }

    @Test
    void who_was_let_in_a_while_ago_works_on_beside_somebody_who_guesses() {
        KeySecret known = new KeySecret("ssk_known");
        rates.succeeded(known);
        times(100, () -> rates.failed("10.0.0.1"));

        rates.requireFewFailures("10.0.0.1", known);
        assertLimited(() -> rates.requireFewFailures("10.0.0.1", guess), 1);
        clock.advance(RequestRates.TRUSTED);
        times(100, () -> rates.failed("10.0.0.1"));
        assertLimited(() -> rates.requireFewFailures("10.0.0.1", known), 1);
    }

    @Test
    void a_hundred_thousand_principals_are_not_remembered_all() {
        for (int each = 0; each < 100_000; each++) {
            rates.takeAnonymous("10.0.0." + each);
            rates.succeeded(new KeySecret("ssk_" + each));
            rates.take(key());
        }

        assertThat(rates.remembered()).isEqualTo(2 * RequestRates.MOST);
    }

    @Test
    void without_limits_nothing_is_limited_and_nothing_remembered() {
        RequestRates none = new RequestRates(
                new Terms(false, new Rate(1, 1), new Rate(1, 1), new Rate(1, 1), new Rate(1, 1)), clock);

        times(100, () -> {
            none.takeAnonymous("a");
            none.failed("a");
            none.requireFewFailures("a", guess);
            none.succeeded(guess);
        });

        assertThat(none.remembered()).isZero();
    }

    @Test
    void a_rate_of_nothing_is_no_rate() {
        assertThatThrownBy(() -> new Rate(0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Rate(1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThat(new Rate(1, 1_000_000)).isNotNull();
    }

    @Test
    void addresses_of_one_network_are_one_sender() {
        assertThat(address("2001:db8:1:2::1")).isEqualTo(address("2001:db8:1:2:ffff::2"));
        assertThat(address("2001:db8:1:3::1")).isNotEqualTo(address("2001:db8:1:2::1"));
        assertThat(address("192.0.2.1")).isEqualTo("192.0.2.1");
        assertThat(RemoteAddress.of(null)).isEqualTo("unknown");
    }

    private static String address(String literal) {
        return RemoteAddress.of(SocketAddress.inetSocketAddress(new java.net.InetSocketAddress(literal, 1)));
    }

    private static Caller key() {
        return new Caller(
                new Actor("key:ci:1", TenantId.DEFAULT, Set.of(Role.VIEWER)),
                Set.of(),
                ApiKey.Users.ANY,
                Optional.of(UUID.randomUUID()),
                Optional.empty());
    }

    private static Caller subject(String name) {
        return new Caller(
                new Actor(name, TenantId.DEFAULT, Set.of(Role.VIEWER)),
                Set.of(),
                ApiKey.Users.ANY,
                Optional.empty(),
                Optional.empty());
    }

    private static Caller user(String tenant, UUID key) {
        UserToken token = new UserToken(new TenantId(tenant), new UserId("ada"), Set.of(), List.of(), Optional.of(key));
        return new Caller(
                new Actor("user:ada", token.tenant(), Set.of(Role.USER)),
                Set.of(),
                ApiKey.Users.AS_TOKEN,
                Optional.empty(),
                Optional.of(token));
    }

    private static void times(int count, Runnable work) {
        for (int each = 0; each < count; each++) {
            work.run();
        }
    }

    private static void assertLimited(ThrowingCallable work, long seconds) {
        assertThatThrownBy(work)
                .asInstanceOf(InstanceOfAssertFactories.type(ProblemException.class))
                .satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo(ProblemCode.RATE_LIMITED);
                    assertThat(problem.facts()).containsEntry(FactKey.RETRY_AFTER, seconds);
                });
    }
}
