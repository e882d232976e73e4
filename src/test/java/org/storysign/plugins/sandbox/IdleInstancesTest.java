package org.storysign.plugins.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.abi.ExtismKernel;
import org.storysign.plugins.abi.UserFunctions;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.sandbox.chicory.Tiering;

/** Instances that nobody calls at the moment: what they hold, and who takes them. */
class IdleInstancesTest extends KeptInstances {

    @Test
    void a_closed_pool_lets_its_instances_go_and_takes_none_back() throws InterruptedException {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        HostFunction waits = UserFunctions.of("ask", (call, input) -> {
            running.countDown();
            try {
                end.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return input;
        });
        CallRequest waiting = linked(request("asks"), waits, new Cancellation()).on(pool);
        CompletableFuture<CallResult> call = start(waiting);
        running.await();
        call(request("count").on(pool));
        int before = sandbox.idleInstances();

        pool.close();
        int idle = sandbox.idleInstances();
        end.countDown();
        call.join();

        assertThat(before).isEqualTo(1);
        assertThat(idle).isZero();
        assertThat(call.join()).isInstanceOf(CallResult.Returned.class);
        assertThat(sandbox.idleInstances()).isZero();
        assertThat(count(pool)).isEqualTo(1);
        assertThat(sandbox.idleInstances()).isZero();
    }

    @Test
    void memory_that_an_instance_grew_stays_its_own_and_counts_in_the_next_call() {
        CallResult first = call(request("grow").on(pool));
        CallResult second = call(request("grow").on(pool));

        assertThat(numbers(first).getFirst()).isEqualTo(1);
        assertThat(first.usage().peakMemory()).isGreaterThanOrEqualTo(MemorySize.ofKiB(17 * 64));
        assertThat(numbers(second).getFirst()).isEqualTo(-1);
        assertThat(call(request("count").on(pool)).usage().peakMemory())
                .isGreaterThanOrEqualTo(MemorySize.ofKiB(17 * 64));
        assertThat(numbers(call(request("grow"))).getFirst()).isEqualTo(1);
    }

    @Test
    void idle_instances_hold_memory_and_make_room_for_calls() {
        Sandbox small = new Sandbox(CONFIG.withMemory(MemorySize.ofKiB(192)), new ExtismKernel());
        InstancePool other = new InstancePool(TenantId.DEFAULT, PLUGIN);
        CallRequest count = request("count");

        on(small, count.on(pool));
        int before = small.idleInstances();
        CallResult result = on(small, count.on(other));
        int after = small.idleInstances();

        assertThat(before).isEqualTo(1);
        assertThat(result).isInstanceOf(CallResult.Returned.class);
        assertThat(after).isEqualTo(1);
        assertThat(numbers(on(small, count.on(pool))).getFirst()).isEqualTo(1);
        small.close();
    }

    @Test
    void idle_instances_make_room_for_a_call_that_grows() {
        Sandbox small = new Sandbox(CONFIG.withMemory(MemorySize.ofKiB(18 * 64)), new ExtismKernel());
        on(small, request("count").on(pool));
        CallRequest grow = withMemory(request("grow"), MemorySize.ofMiB(4));

        CallResult grown = on(small, grow);
        int left = small.idleInstances();
        // Everything was given back: else it would not fit a second time.
        CallResult again = on(small, grow);

        assertThat(numbers(grown).getFirst()).isEqualTo(1);
        assertThat(left).isZero();
        assertThat(numbers(again).getFirst()).isEqualTo(1);
        small.close();
    }

    private static CallRequest withMemory(CallRequest request, MemorySize memory) {
        return new CallRequest(
                request.module(),
                request.export(),
                request.input(),
                request.limits().withMemory(memory),
                request.context(),
                request.config(),
                request.functions(),
                request.http(),
                request.cancellation());
    }

    @Test
    void an_instance_is_never_in_two_calls_and_no_more_are_kept_than_can_run() {
        HostFunction yields = UserFunctions.of("ask", (call, input) -> {
            try {
                call.waiting(() -> {
                    Thread.yield();
                    return true;
                });
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            return input;
        });
        CallRequest yielding =
                linked(request("alone"), yields, new Cancellation()).on(pool);

        for (int round = 0; round < 20; round++) {
            List<CompletableFuture<CallResult>> calls =
                    IntStream.range(0, 32).mapToObj(number -> start(yielding)).toList();
            assertThat(calls).allSatisfy(call -> assertThat(call.join()).isInstanceOf(CallResult.Returned.class));
            assertThat(sandbox.idleInstances()).isBetween(1, 2);
        }
    }

    @Test
    void an_interpreted_instance_is_let_go_when_the_module_is_compiled() {
        use(Tiering.BACKGROUND);
        CallRequest first = request("count");
        call(first.on(pool));

        first.module().settled().toCompletableFuture().join();
        count(pool);

        assertThat(first.module().mode()).isEqualTo(ExecutionMode.COMPILED);
        assertThat(count(pool)).isGreaterThanOrEqualTo(2);
    }
}
