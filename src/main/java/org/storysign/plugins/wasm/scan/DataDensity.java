package org.storysign.plugins.wasm.scan;

/** How random bytes are, by how often each value is among them. Used once for a module. */
final class DataDensity {

    private static final int BLOCK = 4096;
    /** Compressed and encrypted blocks have about 7.95 bits a byte, code and text hardly 6.5. */
    private static final double DENSE = 7.5;

    private final long[] all = new long[256];
    private final long[] block = new long[256];
    private long bytes;
    private long dense;
    private int inBlock;

    void add(byte[] more) {
        for (byte each : more) {
            block[each & 0xFF]++;
            if (++inBlock == BLOCK) {
                close();
            }
        }
    }

    ModuleFacts.Data over(int segments) {
        close();
        double hundredths = Math.round(entropy(all, bytes) * 100);
        return new ModuleFacts.Data(segments, bytes, hundredths / 100, dense);
    }

    private void close() {
        if (inBlock == BLOCK && entropy(block, BLOCK) > DENSE) {
            dense += BLOCK;
        }
        for (int value = 0; value < block.length; value++) {
            all[value] += block[value];
            block[value] = 0;
        }
        bytes += inBlock;
        inBlock = 0;
    }

    /** Bits a byte. */
    private static double entropy(long[] counts, long total) {
        double bits = 0;
        for (long count : counts) {
            if (count > 0) {
                double share = (double) count / total;
                bits -= share * Math.log(share) / Math.log(2);
            }
        }
        return bits;
    }
}
