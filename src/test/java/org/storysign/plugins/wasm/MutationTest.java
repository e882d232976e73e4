package org.storysign.plugins.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.kit.Modules;
import org.storysign.plugins.kit.RealModules;
import org.storysign.plugins.kit.WasmBytes;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

/** Damaged modules: each is accepted or refused by a code of the catalogue, whatever is damaged. The seed is fixed. */
class MutationTest {

    private static final Set<ProblemCode> CODES =
            EnumSet.of(ProblemCode.MODULE_MALFORMED, ProblemCode.MODULE_INVALID, ProblemCode.MODULE_REJECTED);
    private static final int[] INTERESTING = {0x00, 0x01, 0x0B, 0x40, 0x60, 0x70, 0x7F, 0x80, 0xFC, 0xFD, 0xFF};

    @Test
    void three_thousand_mutants_are_accepted_or_refused_by_a_code() {
        assertEveryMutantIsAnswered(3_000);
    }

    @Test
    @Tag("full")
    void thirty_thousand_mutants_are_accepted_or_refused_by_a_code() {
        assertEveryMutantIsAnswered(30_000);
    }

    /** Every code must have been met too, or the mutants test nothing. */
    private static void assertEveryMutantIsAnswered(int mutants) {
        Random random = new Random(20_261_122);
        List<byte[]> seeds = new ArrayList<>(new TreeMap<>(RealModules.all()).values());
        Set<ProblemCode> met = EnumSet.noneOf(ProblemCode.class);
        int accepted = 0;
        for (int index = 0; index < mutants; index++) {
            byte[] mutant = mutate(seeds.get(index % seeds.size()), random);
            try {
                Modules.scanned(mutant);
                accepted++;
            } catch (ProblemException problem) {
                met.add(problem.code());
                assertThat(problem.detail()).doesNotContain("Exception", "java.", "com.dylibso", "org.storysign");
            }
        }
        assertThat(met).isEqualTo(CODES);
        assertThat(accepted).isPositive();
    }

    private static byte[] mutate(byte[] seed, Random random) {
        byte[] mutant = seed.clone();
        int times = 1 + random.nextInt(3);
        for (int time = 0; time < times; time++) {
            mutant = mutateOnce(mutant, random);
        }
        return mutant;
    }

    /** Behind the header, most of the time. */
    private static byte[] mutateOnce(byte[] bytes, Random random) {
        if (bytes.length < 16) {
            return bytes;
        }
        int at = random.nextInt(20) == 0 ? random.nextInt(8) : 8 + random.nextInt(bytes.length - 8);
        int until = Math.min(bytes.length, at + 1 + random.nextInt(8));
        return switch (random.nextInt(6)) {
            case 0 -> with(bytes, at, bytes[at] ^ (1 << random.nextInt(8)));
            case 1 -> with(bytes, at, INTERESTING[random.nextInt(INTERESTING.length)]);
            case 2 -> with(bytes, at, random.nextInt(256));
            case 3 -> spliced(bytes, at, until, new byte[0]);
            case 4 -> spliced(bytes, at, at, Arrays.copyOfRange(bytes, at, until));
            default -> random.nextInt(4) == 0 ? Arrays.copyOf(bytes, at) : with(bytes, at, bytes[at] + 1);
        };
    }

    private static byte[] with(byte[] bytes, int at, int value) {
        byte[] changed = bytes.clone();
        changed[at] = (byte) value;
        return changed;
    }

    private static byte[] spliced(byte[] bytes, int from, int to, byte[] between) {
        return new WasmBytes()
                .bytes(Arrays.copyOf(bytes, from))
                .bytes(between)
                .bytes(Arrays.copyOfRange(bytes, to, bytes.length))
                .toBytes();
    }
}
