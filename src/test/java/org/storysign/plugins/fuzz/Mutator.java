package org.storysign.plugins.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.storysign.plugins.kit.WasmBytes;

/** Makes inputs from seeds by small damage: bits, bytes, cuts, repeats, joins. The same random seed gives the same inputs. */
final class Mutator {

    private static final int[] INTERESTING = {0x00, 0x01, 0x0B, 0x22, 0x40, 0x60, 0x7B, 0x7F, 0x80, 0xFC, 0xFE, 0xFF};
    private static final int LONGEST_PIECE = 12;

    private final List<byte[]> seeds;
    private final Random random;

    Mutator(List<byte[]> seeds, long randomSeed) {
        this.seeds = List.copyOf(seeds);
        this.random = new Random(randomSeed);
    }

    byte[] next() {
        byte[] mutant = pick();
        int times = random.nextInt(3) == 0 ? 1 + random.nextInt(4) : 1;
        for (int time = 0; time < times; time++) {
            mutant = mutate(mutant);
        }
        return mutant;
    }

    private byte[] pick() {
        return seeds.get(random.nextInt(seeds.size())).clone();
    }

    /** Mostly without moving what follows, for behind lengths that are wrong a reader looks no further. */
    private byte[] mutate(byte[] bytes) {
        if (bytes.length == 0) {
            return pick();
        }
        int at = random.nextInt(bytes.length);
        int until = Math.min(bytes.length, at + 1 + random.nextInt(LONGEST_PIECE));
        return switch (random.nextInt(16)) {
            case 0 -> joined(bytes, at, new byte[0], bytes, until);
            case 1 -> joined(bytes, until, Arrays.copyOfRange(bytes, at, until), bytes, until);
            case 2 -> joined(bytes, at, number(), bytes, at);
            case 3 -> random.nextInt(4) == 0 ? Arrays.copyOf(bytes, at) : joinedWithOther(bytes, at);
            case 4, 5, 6 -> with(bytes, at, bytes[at] ^ 1 << random.nextInt(8));
            case 7, 8, 9 -> with(bytes, at, bytes[at] + (random.nextBoolean() ? 1 : -1));
            case 10, 11, 12 -> moved(bytes, at, until);
            case 13 -> with(bytes, at, random.nextInt(256));
            default -> with(bytes, at, INTERESTING[random.nextInt(INTERESTING.length)]);
        };
    }

    /** A piece copied over another place. */
    private byte[] moved(byte[] bytes, int from, int until) {
        int length = until - from;
        System.arraycopy(bytes, from, bytes, random.nextInt(bytes.length - length + 1), length);
        return bytes;
    }

    private byte[] joinedWithOther(byte[] bytes, int at) {
        byte[] other = pick();
        return joined(bytes, at, new byte[0], other, other.length == 0 ? 0 : random.nextInt(other.length));
    }

    /** A length or count that is larger than what follows. */
    private byte[] number() {
        return new WasmBytes().u32(random.nextLong(1L << 32)).toBytes();
    }

    private static byte[] with(byte[] bytes, int at, int value) {
        bytes[at] = (byte) value;
        return bytes;
    }

    /** The first {@code head} bytes of one, something between, and another from {@code tail} on. */
    private static byte[] joined(byte[] one, int head, byte[] between, byte[] other, int tail) {
        return new WasmBytes()
                .bytes(Arrays.copyOf(one, head))
                .bytes(between)
                .bytes(Arrays.copyOfRange(other, tail, other.length))
                .toBytes();
    }
}
