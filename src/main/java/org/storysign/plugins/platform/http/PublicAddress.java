package org.storysign.plugins.platform.http;

import java.net.InetAddress;
import java.util.List;

/**
 * Which addresses are public: IPv4 without the special blocks, IPv6 global unicast without those that lead to IPv4 or nowhere.
 * Everything else is refused, also what is assigned later. Source: IANA's special-purpose address registries.
 */
final class PublicAddress {

    private static final List<Block> SPECIAL_V4 = List.of(
            Block.of(8, 0),
            Block.of(8, 10),
            Block.of(10, 100, 64),
            Block.of(8, 127),
            Block.of(16, 169, 254),
            Block.of(12, 172, 16),
            Block.of(24, 192, 0, 0),
            Block.of(24, 192, 0, 2),
            Block.of(24, 192, 88, 99),
            Block.of(16, 192, 168),
            Block.of(15, 198, 18),
            Block.of(24, 198, 51, 100),
            Block.of(24, 203, 0, 113),
            Block.of(4, 224),
            Block.of(4, 240));

    private static final Block GLOBAL_V6 = Block.of(3, 0x20);

    private static final List<Block> SPECIAL_V6 = List.of(
            Block.of(23, 0x20, 0x01, 0x00),
            Block.of(32, 0x20, 0x01, 0x0D, 0xB8),
            Block.of(16, 0x20, 0x02),
            Block.of(20, 0x3F, 0xFF, 0x00));

    private PublicAddress() {}

    static boolean isPublic(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length == 4) {
            return SPECIAL_V4.stream().noneMatch(block -> block.contains(bytes));
        }
        return GLOBAL_V6.contains(bytes) && SPECIAL_V6.stream().noneMatch(block -> block.contains(bytes));
    }

    /** All addresses that begin with the same bits. */
    private record Block(int bits, List<Integer> prefix) {

        static Block of(int bits, Integer... prefix) {
            return new Block(bits, List.of(prefix));
        }

        boolean contains(byte[] address) {
            for (int bit = 0; bit < bits; bit++) {
                int expected = bit / 8 < prefix.size() ? prefix.get(bit / 8) : 0;
                if (((address[bit / 8] ^ expected) >> (7 - bit % 8) & 1) != 0) {
                    return false;
                }
            }
            return true;
        }
    }
}
