package org.storysign.plugins.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.storysign.plugins.plugin.TestService.await;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.Digest;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.Tenants;
import org.storysign.plugins.plugin.LoadAttempts.Attempt;

/** What every {@link LoadAttempts} does. */
public abstract class LoadAttemptsContract {

    private static final LoadTerms TERMS = LoadTerms.USUAL;
    private static final Digest MODULE = new Digest("sha256:" + "0".repeat(64));

    private final TenantId tenant = Tenants.fresh();

    protected abstract LoadAttempts attempts();

    /** Makes the tenant known. */
    protected void know(TenantId unknown) {}

    /** Lets all notes of the tenant grow older. */
    protected abstract void letPass(TenantId whose, Duration time);

    private Attempt attempt(TenantId of) {
        return new Attempt(of, MODULE, UUID.randomUUID());
    }

    private int begin(Attempt attempt) {
        return await(attempts().begin(attempt, TERMS));
    }

    @Test
    void a_process_that_says_nothing_for_ten_seconds_died_at_what_it_loaded() {
        know(tenant);
        assertThat(begin(attempt(tenant))).isZero();

        letPass(tenant, TERMS.deadAfter().minusSeconds(3));
        assertThat(begin(attempt(tenant))).as("it may live").isZero();

        letPass(tenant, Duration.ofSeconds(4));
        assertThat(begin(attempt(tenant))).as("the first is dead").isEqualTo(1);
    }

    @Test
    void a_process_that_says_it_lives_is_not_dead() {
        know(tenant);
        Attempt slow = attempt(tenant);
        begin(slow);
        letPass(tenant, TERMS.deadAfter().plusSeconds(1));

        await(attempts().renew(slow));

        assertThat(begin(attempt(tenant))).isZero();
    }

    @Test
    void whoever_gets_through_shows_that_the_others_died_of_something_else() {
        know(tenant);
        begin(attempt(tenant));
        letPass(tenant, TERMS.deadAfter().plusSeconds(1));
        Attempt second = attempt(tenant);
        assertThat(begin(second)).isEqualTo(1);

        await(attempts().end(second, TERMS));

        assertThat(begin(attempt(tenant))).isZero();
    }

    @Test
    void who_gives_up_takes_no_note_away_but_its_own() {
        know(tenant);
        begin(attempt(tenant));
        Attempt stopping = attempt(tenant);
        begin(stopping);

        await(attempts().giveUp(stopping));

        letPass(tenant, TERMS.deadAfter().plusSeconds(1));
        assertThat(begin(attempt(tenant))).isEqualTo(1);
    }

    @Test
    void when_two_died_nobody_else_is_noted() {
        know(tenant);
        begin(attempt(tenant));
        begin(attempt(tenant));
        letPass(tenant, TERMS.deadAfter().plusSeconds(1));

        assertThat(begin(attempt(tenant))).isEqualTo(2);

        letPass(tenant, TERMS.deadAfter().plusSeconds(1));
        assertThat(begin(attempt(tenant))).as("the third never began").isEqualTo(2);
    }

    @Test
    void deaths_are_forgotten_after_an_hour_or_when_somebody_says_so() {
        know(tenant);
        begin(attempt(tenant));
        letPass(tenant, Duration.ofMinutes(59));
        assertThat(begin(attempt(tenant))).isEqualTo(1);

        letPass(tenant, Duration.ofMinutes(2));
        assertThat(begin(attempt(tenant)))
                .as("the first is forgotten, the second is dead")
                .isEqualTo(1);

        await(attempts().forget(tenant, MODULE));
        assertThat(begin(attempt(tenant))).isZero();
    }

    @Test
    void another_tenant_or_module_has_deaths_of_its_own() {
        know(tenant);
        TenantId other = Tenants.fresh();
        know(other);
        begin(attempt(tenant));
        letPass(tenant, TERMS.deadAfter().plusSeconds(1));

        assertThat(begin(attempt(other))).isZero();
        assertThat(begin(new Attempt(tenant, new Digest("sha256:" + "1".repeat(64)), UUID.randomUUID())))
                .isZero();
    }
}
