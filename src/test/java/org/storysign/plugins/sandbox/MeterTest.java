package org.storysign.plugins.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.kit.TestCall;
import org.storysign.plugins.limits.Fuel;
import org.storysign.plugins.limits.Limits;
import org.storysign.plugins.limits.SecurityLevel;

class MeterTest {

    private final Cancellation cancellation = new Cancellation();
    private long now;

    /** A guest that pays as metered code does: it charges, and asks for more when it owes. */
    private final class Guest implements GuestCounters {

        private final Meter meter;
        private final long slice;
        private long fuel;
        private long depth;

        Guest(Limits limits, long slice) {
            CallClock clock = new CallClock(() -> now);
            clock.startRunning();
            this.meter = new Meter(
                    limits,
                    clock,
                    cancellation,
                    new Processors(1).seat(TestCall.of("").context()));
            this.slice = slice;
            meter.attach(this);
        }

        void pay(long units) {
            fuel -= units;
            if (fuel < 0) {
                meter.refill(slice);
            }
        }

        void payUnchecked(long units) {
            fuel -= units;
        }

        void enter(long weight) {
            depth -= weight;
            if (depth < 0) {
                meter.descend();
            }
        }

        void leave(long weight) {
            depth += weight;
        }

        @Override
        public long fuel() {
            return fuel;
        }

        @Override
        public void setFuel(long units) {
            fuel = units;
        }

        @Override
        public long depth() {
            return depth;
        }

        @Override
        public void setDepth(long units) {
            depth = units;
        }
    }

    private static Limits limits(long fuel) {
        return SecurityLevel.STANDARD.limits().withFuel(new Fuel(fuel)).withCallDepth(10);
    }

    @Test
    void a_guest_may_use_its_fuel_to_the_last_unit() {
        Guest guest = new Guest(limits(25), 10);

        guest.pay(7);
        guest.pay(17);
        guest.pay(1);
        guest.meter.finish();

        assertThat(guest.meter.fuel()).isEqualTo(new Fuel(25));
        assertThat(guest.fuel()).isZero();
    }

    @Test
    void one_unit_more_than_the_limit_stops_the_guest_and_reports_the_limit() {
        Guest guest = new Guest(limits(25), 10);
        guest.pay(25);

        assertThatThrownBy(() -> guest.pay(1))
                .isInstanceOfSatisfying(
                        TrapException.class,
                        stopped -> assertThat(stopped.trap()).isEqualTo(new Trap.OutOfFuel(new Fuel(25))));

        assertThat(guest.meter.fuel()).isEqualTo(new Fuel(25));
    }

    @Test
    void a_slice_is_never_more_than_what_the_limit_leaves() {
        Guest guest = new Guest(limits(25), 10);

        guest.pay(21);

        assertThat(guest.fuel()).isEqualTo(4);
    }

    @Test
    void what_is_charged_after_the_last_check_counts_at_the_end() {
        Guest guest = new Guest(limits(25), 10);
        guest.pay(20);
        guest.payUnchecked(6);

        assertThatThrownBy(guest.meter::finish)
                .isInstanceOfSatisfying(
                        TrapException.class,
                        stopped -> assertThat(stopped.trap()).isInstanceOf(Trap.OutOfFuel.class));
    }

    @Test
    void a_host_function_takes_fuel_from_the_same_counter() {
        Guest guest = new Guest(limits(1_000), 10);
        guest.pay(3);

        guest.meter.charge(400);
        guest.pay(5);

        assertThat(guest.meter.fuel()).isEqualTo(new Fuel(408));
    }

    @Test
    void a_host_function_that_costs_more_than_is_left_stops_the_guest() {
        Guest guest = new Guest(limits(100), 10);
        guest.pay(60);

        guest.meter.charge(40);

        assertThatThrownBy(() -> guest.meter.charge(1)).isInstanceOf(TrapException.class);
        assertThat(guest.meter.fuel()).isEqualTo(new Fuel(100));
    }

    @Test
    void a_price_beyond_all_numbers_does_not_wrap_around() {
        Guest guest = new Guest(limits(100), 10);
        guest.pay(60);

        assertThatThrownBy(() -> guest.meter.charge(Long.MAX_VALUE)).isInstanceOf(TrapException.class);
        assertThat(guest.meter.fuel()).isEqualTo(new Fuel(100));
    }

    @Test
    void a_host_function_that_charges_in_steps_is_stopped_between_them_when_time_is_up() {
        Guest guest = new Guest(limits(1_000_000), 100);
        guest.pay(1);
        now = Duration.ofSeconds(3).toNanos();

        assertThatThrownBy(() -> {
                    for (int step = 0; step < 200; step++) {
                        guest.meter.charge(1);
                    }
                })
                .isInstanceOfSatisfying(
                        TrapException.class,
                        stopped -> assertThat(stopped.trap()).isInstanceOf(Trap.RunTimeExceeded.class));
    }

    @Test
    void where_a_guest_is_stopped_does_not_depend_on_the_size_of_its_slices() {
        for (int seed = 0; seed < 200; seed++) {
            String expected = story(seed, 1);

            for (long slice : new long[] {2, 7, 100, 10_000, Long.MAX_VALUE}) {
                assertThat(story(seed, slice))
                        .as("seed %d, slice %d", seed, slice)
                        .isEqualTo(expected);
            }
        }
    }

    private String story(int seed, long slice) {
        Random random = new Random(seed);
        Guest guest = new Guest(limits(1 + random.nextInt(2_000)), slice);
        int steps = 0;
        try {
            for (; steps < 100; steps++) {
                step(guest, random);
            }
            guest.meter.finish();
            return "ended with " + guest.meter.fuel();
        } catch (TrapException stopped) {
            return "stopped at step " + steps + " with " + guest.meter.fuel();
        }
    }

    private static void step(Guest guest, Random random) {
        switch (random.nextInt(3)) {
            case 0 -> guest.pay(random.nextInt(40));
            case 1 -> guest.payUnchecked(random.nextInt(10));
            default -> guest.meter.charge(random.nextInt(40));
        }
    }

    @Test
    void a_cancelled_guest_is_stopped_at_its_next_slice() {
        Guest guest = new Guest(limits(1_000), 10);
        guest.pay(5);
        cancellation.cancel("plugin disabled");
        guest.pay(10);

        assertThatThrownBy(() -> guest.pay(1))
                .isInstanceOfSatisfying(
                        TrapException.class,
                        stopped -> assertThat(stopped.trap()).isEqualTo(new Trap.Cancelled("plugin disabled")));
        assertThat(guest.meter.fuel()).isEqualTo(new Fuel(16));
    }

    @Test
    void a_guest_whose_run_time_is_over_is_stopped_at_its_next_slice() {
        Guest guest = new Guest(limits(1_000), 10);
        guest.pay(5);
        now = Duration.ofSeconds(2).toNanos();
        guest.pay(10);
        now++;

        assertThatThrownBy(() -> guest.pay(10))
                .isInstanceOfSatisfying(
                        TrapException.class,
                        stopped ->
                                assertThat(stopped.trap()).isEqualTo(new Trap.RunTimeExceeded(Duration.ofSeconds(2))));
    }

    @Test
    void calls_may_nest_to_the_limit_and_the_next_one_is_too_deep() {
        Guest guest = new Guest(limits(1_000), 10);
        guest.enter(3);
        guest.enter(7);

        assertThatThrownBy(() -> guest.enter(1))
                .isInstanceOfSatisfying(
                        TrapException.class,
                        stopped -> assertThat(stopped.trap()).isEqualTo(new Trap.StackExhausted(10)));
    }

    @Test
    void depth_that_was_given_back_can_be_used_again() {
        Guest guest = new Guest(limits(1_000), 10);
        guest.enter(10);
        guest.leave(10);

        guest.enter(10);

        assertThat(guest.depth()).isZero();
    }

    @Test
    void a_first_call_that_is_too_heavy_alone_is_too_deep() {
        Guest guest = new Guest(limits(1_000), 10);

        assertThatThrownBy(() -> guest.enter(11)).isInstanceOf(TrapException.class);
    }
}
