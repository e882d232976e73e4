package org.storysign.plugins.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.Pauses;
import org.storysign.plugins.kit.Tenants;

/** One of two processes on one database is killed in the midst of changes: what it acknowledged stays, what it began is all or nothing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrashIT {

    private static final int OPERATORS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int LONGEST_PAUSE_MILLIS = 500;

    private TenantId tenant = Tenants.fresh();
    private final Random random = new Random(20_261_122);

    @SuppressWarnings("NullAway.Init") // before all tests
    private ServiceProcess survivor;

    /** Where the death comes. */
    private enum Moment {
        BEFORE_THE_FIRST_WRITE,
        BEFORE_THE_AUDIT_ENTRY,
        INSIDE_THE_COMMIT,
        BETWEEN_THE_TRANSACTIONS_OF_AN_ENABLE,
        ANY
    }

    @BeforeAll
    void start_the_one_that_lives() {
        survivor = ServiceProcess.start("survivor");
    }

    @AfterAll
    void stop_it() {
        survivor.close();
    }

    @Test
    void five_deaths_lose_nothing_acknowledged_and_leave_nothing_half_done() {
        assertThat(kill(1).values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(5);
    }

    @Test
    @Tag("full")
    void thirty_deaths_lose_nothing_acknowledged_and_leave_nothing_half_done() {
        assertThat(kill(6).values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(30);
    }

    @Test
    void what_a_half_done_change_would_leave_is_seen() {
        TenantId other = Tenants.fresh();
        try (Witness witness = new Witness(other)) {
            Client client = Client.of(survivor, other);
            Operator.install(client, "lost");
            Operator.install(client, "kept");
            assertThat(witness.storedStates()).hasSize(2).isEqualTo(witness.auditedStates());
            assertThat(witness.leftovers()).isEmpty();

            witness.lose("lost");

            assertThat(witness.storedStates()).isNotEqualTo(witness.auditedStates());
            assertThat(witness.leftovers()).extracting(List::getFirst).containsExactly("artifact");
        }
    }

    /** So many times at each moment; how often each was really met. */
    private Map<String, Integer> kill(int times) {
        tenant = Tenants.fresh();
        Map<String, Integer> reached = new TreeMap<>();
        int acknowledged = 0;
        for (int time = 0; time < times; time++) {
            for (Moment moment : Moment.values()) {
                Death death = die(moment, moment.ordinal() + "-" + time);
                reached.merge(death.reached, 1, Integer::sum);
                acknowledged += death.acknowledged;
            }
        }
        System.out.println("deaths " + reached + ", acknowledged steps " + acknowledged);
        return reached;
    }

    private record Death(String reached, int acknowledged) {}

    private Death die(Moment moment, String name) {
        try (Witness witness = new Witness(tenant);
                Witness holder = new Witness(tenant);
                ServiceProcess victim = ServiceProcess.start("victim-" + name)) {
            witness.makeCommitsHoldable();
            Operators operators = Operators.start(OPERATORS, Client.of(victim, tenant), "p" + name);
            Pauses.await("steps", PATIENCE, () -> operators.answers() >= OPERATORS);
            Pauses.millis(random.nextInt(LONGEST_PAUSE_MILLIS));

            String reached = killAt(moment, victim, witness, holder);
            operators.join();
            Pauses.await("the end of its connections", PATIENCE, () -> !witness.hasConnection(victim.name()));

            requireAllOrNothing(operators.all(), witness);
            requireServed(operators.all(), witness);
            return new Death(reached, operators.answers());
        }
    }

    /** Kills it there; what was really going on when it died. */
    private static String killAt(Moment moment, ServiceProcess victim, Witness witness, Witness holder) {
        holder.begin();
        switch (moment) {
            case BEFORE_THE_FIRST_WRITE -> holder.holdTenant();
            case BEFORE_THE_AUDIT_ENTRY -> holder.holdAudit();
            case INSIDE_THE_COMMIT -> holder.holdCommits();
            case BETWEEN_THE_TRANSACTIONS_OF_AN_ENABLE ->
                Pauses.await("an enabling", PATIENCE, witness::isSomethingBeingEnabled);
            case ANY -> {}
        }
        boolean held = moment.ordinal() <= Moment.INSIDE_THE_COMMIT.ordinal();
        if (held) {
            Pauses.await("a change that waits", PATIENCE, () -> witness.hasWaiting(victim.name()));
        }
        boolean open = witness.hasOpenTransaction(victim.name());
        victim.kill();
        boolean enabling = witness.isSomethingBeingEnabled();
        holder.release();
        return switch (moment) {
            case ANY -> open ? "at random, inside a transaction" : "at random, outside a transaction";
            case BETWEEN_THE_TRANSACTIONS_OF_AN_ENABLE ->
                enabling ? "between the transactions of an enable" : "right after an enable";
            default -> moment.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        };
    }

    private void requireAllOrNothing(List<Operator> operators, Witness witness) {
        Map<String, String> stored = new TreeMap<>(witness.storedStates());
        assertThat(stored).isEqualTo(witness.auditedStates());
        assertThat(witness.leftovers()).isEmpty();
        stored.putAll(witness.storedParts());
        for (Operator operator : operators) {
            assertThat(operator.complaint()).isEmpty();
            Operators.requireAcknowledged(operator, stored);
        }
    }

    /** The survivor tells the same states, answers for what is enabled, and can finish what the dead one began. */
    private void requireServed(List<Operator> operators, Witness witness) {
        Client client = Client.of(survivor, tenant);
        Map<String, String> states = new TreeMap<>();
        operators.forEach(operator -> operator.book().keySet().stream()
                .filter(what -> !what.contains(" "))
                .forEach(id -> states.put(id, client.state(id))));
        assertThat(states)
                .containsAllEntriesOf(witness.storedStates().entrySet().stream()
                        .filter(entry -> states.containsKey(entry.getKey()))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
        witness.endLeases();
        states.forEach((id, state) -> {
            if (state.equals("enabling")) {
                assertThat(client.enable(id).status()).as(id).isEqualTo(200);
            }
            if (state.equals("enabled") || state.equals("enabling")) {
                Pauses.await(
                        id + " at the survivor",
                        PATIENCE,
                        () -> Operator.ANSWER.equals(client.call(id, "handle").body()));
                assertThat(client.disable(id).status()).as(id).isEqualTo(200);
            }
        });
    }
}
