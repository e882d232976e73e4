package org.storysign.plugins.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.storysign.plugins.abi.UserFunctions;
import org.storysign.plugins.identity.CallContext;
import org.storysign.plugins.identity.InvocationId;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.identity.UserId;
import org.storysign.plugins.limits.Fuel;
import org.storysign.plugins.sandbox.chicory.Tiering;

/** What instances that are kept remember, whom they serve, and when they are let go. */
class InstancePoolTest extends KeptInstances {

    @ParameterizedTest
    @EnumSource(
            value = Tiering.class,
            names = {"INTERPRETED", "COMPILED"})
    void an_instance_that_is_kept_remembers_and_a_fresh_one_does_not(Tiering tiering) {
        use(tiering);

        assertThat(numbers(call(request("count").on(pool)))).containsExactly(1L, 1L, 1L);
        assertThat(numbers(call(request("count").on(pool)))).containsExactly(2L, 2L, 2L);
        assertThat(numbers(call(request("count").on(pool)))).containsExactly(3L, 3L, 3L);
        assertThat(numbers(call(request("count")))).containsExactly(1L, 1L, 1L);
        assertThat(numbers(call(request("count")))).containsExactly(1L, 1L, 1L);
    }

    @ParameterizedTest
    @EnumSource(
            value = Tiering.class,
            names = {"INTERPRETED", "COMPILED"})
    void limits_and_usage_are_those_of_each_call(Tiering tiering) {
        use(tiering);
        CallRequest deep = withLimits(request("deep")).on(pool);
        CallRequest asks = withLimits(request("asks")).on(pool);
        CallResult first = call(deep);

        List<CallResult> deeper =
                IntStream.range(0, 5).mapToObj(time -> call(deep)).toList();
        List<CallResult> asking =
                IntStream.range(0, 5).mapToObj(time -> call(asks)).toList();

        assertThat(deeper).allSatisfy(result -> {
            assertThat(result).isInstanceOf(CallResult.Returned.class);
            assertThat(result.usage().fuel())
                    .isLessThan(first.usage().fuel())
                    .isEqualTo(deeper.getFirst().usage().fuel());
        });
        assertThat(asking).allSatisfy(result -> {
            assertThat(result).isInstanceOf(CallResult.Returned.class);
            assertThat(result.usage().hostCalls()).isEqualTo(1);
        });
    }

    @Test
    void a_call_with_a_lower_limit_is_held_to_it_whatever_the_last_one_had() {
        CallRequest deep = request("deep");
        CallResult before = call(deep.on(pool));
        CallRequest lower = new CallRequest(
                        deep.module(),
                        deep.export(),
                        deep.input(),
                        deep.limits().withCallDepth(90),
                        deep.context(),
                        deep.config(),
                        deep.functions(),
                        deep.http(),
                        deep.cancellation())
                .on(pool);

        assertThat(before).isInstanceOf(CallResult.Returned.class);
        assertThat(((CallResult.Trapped) call(lower)).trap()).isEqualTo(new Trap.StackExhausted(90));
    }

    /** Enough for one call and not for two. */
    private static CallRequest withLimits(CallRequest request) {
        return new CallRequest(
                request.module(),
                request.export(),
                request.input(),
                request.limits().withCallDepth(100).withHostCalls(1).withFuel(new Fuel(2_500)),
                request.context(),
                request.config(),
                request.functions(),
                request.http(),
                request.cancellation());
    }

    @Test
    void an_instance_is_initialised_once() {
        call(request("count").on(pool));
        call(request("count").on(pool));

        assertThat(numbers(call(request("initialised").on(pool))).getFirst()).isEqualTo(1);
    }

    @Test
    void blocks_and_errors_of_the_last_call_are_gone() {
        call(request("leave").on(pool));

        assertThat(numbers(call(request("find").on(pool)))).containsExactly(0L, 0L, 0L);
        assertThat(sandbox.idleInstances()).isEqualTo(1);
    }

    @Test
    void what_a_call_allocated_is_given_back_at_its_end() {
        List<CallResult> results = IntStream.range(0, 5)
                .mapToObj(time -> call(request("large").on(pool)))
                .toList();

        assertThat(results).allMatch(CallResult.Returned.class::isInstance);
        assertThat(results)
                .extracting(result -> result.usage().peakMemory())
                .containsOnly(results.getFirst().usage().peakMemory());
        assertThat(numbers(call(request("initialised").on(pool))).getFirst()).isEqualTo(1);
    }

    static Stream<Arguments> ends() {
        return Stream.of("unreachable", "returns", "says", "loops", "exits", "gives", "_start", "_initialize")
                .flatMap(end -> Stream.of(Tiering.INTERPRETED, Tiering.COMPILED).map(on -> Arguments.of(end, on)));
    }

    @ParameterizedTest
    @MethodSource("ends")
    void an_instance_is_let_go_after_a_trap_an_exit_or_what_begins_its_life(String end, Tiering tiering) {
        use(tiering);
        assertThat(count(pool)).isEqualTo(1);
        assertThat(count(pool)).isEqualTo(2);

        CallResult result = call(request(end).on(pool));

        boolean beginsALife = end.startsWith("_");
        assertThat(result instanceof CallResult.Returned).isEqualTo(beginsALife || end.equals("exits"));
        assertThat(sandbox.idleInstances()).isEqualTo(beginsALife ? 1 : 0);
        assertThat(count(pool)).isEqualTo(beginsALife ? 3 : 1);
    }

    @Test
    void a_cancelled_call_does_not_give_its_instance_back() {
        Cancellation stop = new Cancellation();
        HostFunction cancels = UserFunctions.of("ask", (call, input) -> {
            stop.cancel("disabled");
            return input;
        });

        CallResult result = call(linked(request("asks"), cancels, stop).on(pool));

        assertThat(((CallResult.Trapped) result).trap()).isEqualTo(new Trap.Cancelled("disabled"));
        assertThat(sandbox.idleInstances()).isZero();
    }

    @Test
    void an_instance_that_is_linked_to_other_functions_is_not_used() {
        HostFunction other = UserFunctions.of("ask", (call, input) -> input);
        assertThat(count(pool)).isEqualTo(1);

        CallResult result =
                call(linked(request("count"), other, new Cancellation()).on(pool));

        assertThat(numbers(result).getFirst()).isEqualTo(1);
    }

    @Test
    void an_instance_serves_so_many_calls_and_no_more() {
        InstancePool three = new InstancePool(TenantId.DEFAULT, PLUGIN, 3, Duration.ofMinutes(5));

        assertThat(IntStream.range(0, 7).mapToObj(time -> count(three))).containsExactly(1L, 2L, 3L, 1L, 2L, 3L, 1L);
    }

    @Test
    void an_instance_serves_until_it_is_so_old() {
        InstancePool aging = new InstancePool(TenantId.DEFAULT, PLUGIN, 1_000, Duration.ofMinutes(5));

        assertThat(count(aging)).isEqualTo(1);
        now.addAndGet(Duration.ofMinutes(5).toNanos() - 1);
        assertThat(count(aging)).isEqualTo(2);
        now.addAndGet(1);
        assertThat(count(aging)).isEqualTo(1);
    }

    @Test
    void two_pools_of_one_plugin_share_nothing_and_one_pool_does() {
        InstancePool other = new InstancePool(TenantId.DEFAULT, PLUGIN);

        assertThat(List.of(count(pool), count(pool))).containsExactly(1L, 2L);
        assertThat(List.of(count(other), count(pool))).containsExactly(1L, 3L);
    }

    @Test
    void another_module_finds_nothing_in_the_pool() {
        assertThat(count(pool)).isEqualTo(1);

        module = Optional.of(compiled());

        assertThat(count(pool)).isEqualTo(1);
    }

    @Test
    void the_pool_of_one_plugin_or_tenant_never_serves_another() {
        CallRequest mine = request("count");
        CallContext otherPlugin = context(TenantId.DEFAULT, new PluginId("other"));
        CallContext otherTenant = context(new TenantId("other"), PLUGIN);
        count(pool);

        for (CallContext context : List.of(otherPlugin, otherTenant)) {
            CallRequest foreign = new CallRequest(
                            mine.module(),
                            mine.export(),
                            mine.input(),
                            mine.limits(),
                            context,
                            mine.config(),
                            mine.functions(),
                            mine.http(),
                            mine.cancellation())
                    .on(pool);
            assertThatThrownBy(() -> call(foreign))
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(IllegalArgumentException.class);
        }
    }

    private static CallContext context(TenantId tenant, PluginId plugin) {
        return new CallContext(tenant, Optional.of(new UserId("anna")), plugin, InvocationId.random(), 0);
    }
}
