package org.storysign.plugins.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.kit.WasmBytes;

class InstructionCursorTest {

    @Test
    void every_instruction_is_walked_over_with_its_immediates() {
        WasmBytes code = WasmBytes.of(0x02, 0x40)
                .bytes(0x11)
                .padded(3)
                .padded(0)
                .bytes(0x0E, 2, 1, 5, 0)
                .bytes(0x28, 2)
                .padded(1_000)
                .bytes(0x44, 1, 2, 3, 4, 5, 6, 7, 8)
                .bytes(0x1C, 1, 0x70)
                .bytes(0xFC, 0x0A, 0, 0)
                .bytes(0x42, 0x7F)
                .bytes(0x0B);

        List<String> walked = walk(code.toBytes());

        assertThat(walked)
                .containsExactly(
                        "block [0,1,2) -64 0",
                        "call_indirect [2,3,13) 3 0",
                        "br_table [13,14,18) 2 5",
                        "i32.load [18,19,25) 2 1000",
                        "f64.const [25,26,34) 0 0",
                        "select (typed) [34,35,37) 1 112",
                        "memory.copy [37,39,41) 0 0",
                        "i64.const [41,42,43) -1 0",
                        "end [43,44,44) 0 0");
    }

    @Test
    void every_number_of_the_table_is_found_again() {
        assertThat(Opcode.values())
                .allSatisfy(opcode -> assertThat(Opcode.of(opcode.code())).contains(opcode));
        assertThat(Opcode.of(0xFF)).isEmpty();
        assertThat(Opcode.of(0xFC63)).isEmpty();
    }

    private static List<String> walk(byte[] bytes) {
        InstructionCursor code = new InstructionCursor(new BinaryCursor(bytes, 0, bytes.length));
        List<String> walked = new ArrayList<>();
        while (code.next()) {
            walked.add("%s [%d,%d,%d) %d %d"
                    .formatted(
                            code.opcode().mnemonic(),
                            code.start(),
                            code.immediateStart(),
                            code.end(),
                            code.first(),
                            code.second()));
        }
        return walked;
    }
}
