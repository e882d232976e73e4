package org.storysign.plugins.abi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.sandbox.MemoryBudget;
import org.storysign.plugins.sandbox.TrapException;

class KernelMemoryTest {

    private final MemoryBudget budget = new MemoryBudget(MemorySize.ofMiB(1));
    private final KernelMemory memory = new KernelMemory(budget);

    @Test
    void live_blocks_never_overlap_and_keep_their_bytes() {
        Random random = new Random(7);
        TreeMap<Long, byte[]> model = new TreeMap<>();

        for (int step = 0; step < 20_000; step++) {
            if (random.nextInt(5) < 3) {
                byte[] content = new byte[1 + random.nextInt(300)];
                random.nextBytes(content);
                long handle = memory.allocate(content.length);
                if (handle != 0) {
                    memory.free(handle);
                    assertThat(memory.place(content)).isEqualTo(handle);
                    model.put(handle, content);
                }
            } else if (!model.isEmpty()) {
                List<Long> handles = new ArrayList<>(model.keySet());
                long handle = handles.get(random.nextInt(handles.size()));
                memory.free(handle);
                model.remove(handle);
            }
        }

        long end = 0;
        for (Map.Entry<Long, byte[]> block : model.entrySet()) {
            assertThat(block.getKey()).isGreaterThanOrEqualTo(end);
            assertThat(memory.length(block.getKey())).isEqualTo(block.getValue().length);
            assertThat(memory.block(block.getKey(), Long.MAX_VALUE)).isEqualTo(block.getValue());
            end = block.getKey() + block.getValue().length;
        }
        assertThat(model).hasSizeGreaterThan(100);
    }

    @Test
    void freed_neighbours_become_one_hole() {
        long first = memory.allocate(100);
        long second = memory.allocate(100);
        memory.allocate(8);
        memory.free(first);
        memory.free(second);

        assertThat(memory.allocate(208)).isEqualTo(first);
    }

    @Test
    void numbers_are_the_same_across_the_edge_of_a_page() {
        long block = memory.allocate(3L * KernelMemory.PAGE);
        for (long edge = KernelMemory.PAGE - 9; edge < KernelMemory.PAGE + 2; edge++) {
            memory.storeLong(block + edge, 0x8877665544332211L);

            assertThat(memory.loadLong(block + edge)).isEqualTo(0x8877665544332211L);
            assertThat(memory.loadByte(block + edge)).isEqualTo(0x11);
            assertThat(memory.loadByte(block + edge + 7)).isEqualTo(0x88);
        }
    }

    @Test
    void a_number_that_reaches_past_the_last_block_is_outside() {
        long block = memory.allocate(8);

        memory.storeLong(block + 1, -1);

        assertThat(memory.loadLong(block)).isZero();
        assertThat(memory.loadLong(block + 1)).isZero();
    }

    @Test
    void pages_and_blocks_count_against_the_budget_and_the_last_byte_is_not_given_twice() {
        int blocks = 0;
        while (memory.allocate(1) != 0) {
            blocks++;
        }

        assertThat(blocks).isBetween(7_000, 8_192);
        assertThat(budget.peak()).isLessThanOrEqualTo(MemorySize.ofMiB(1));
        assertThat(budget.wasRefused()).isTrue();
    }

    @Test
    void a_refused_block_takes_nothing_from_the_budget() {
        assertThat(memory.allocate(MemorySize.ofMiB(1).bytes())).isZero();

        assertThat(memory.allocate(MemorySize.ofKiB(900).bytes())).isPositive();
    }

    @Test
    void what_the_host_must_place_and_cannot_stops_the_guest() {
        assertThatThrownBy(() -> memory.place(new byte[1 << 20])).isInstanceOf(TrapException.class);
    }

    @Test
    void a_copy_that_is_lent_counts_while_it_is_used() {
        long block = memory.place(new byte[100_000]);
        long before = budget.peak().bytes();

        int length = memory.withCopy(block, copy -> copy.length);

        assertThat(length).isEqualTo(100_000);
        assertThat(budget.peak().bytes()).isEqualTo(before + 100_000);
    }
}
