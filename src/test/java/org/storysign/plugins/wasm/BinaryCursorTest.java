package org.storysign.plugins.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.storysign.plugins.kit.WasmBytes;

class BinaryCursorTest {

    @ParameterizedTest
    @CsvSource({"00, 0", "7F, 127", "8001, 128", "E58E26, 624485", "FFFFFFFF0F, 4294967295", "8080808000, 0", "8000, 0"
    })
    void an_unsigned_number_is_read_also_when_it_is_padded(String bytes, long expected) {
        assertThat(over(bytes).u32()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"8080808010", "FFFFFFFF1F", "808080808000", "FFFFFFFFFF", "80", ""})
    void an_unsigned_number_that_is_too_long_or_cut_is_malformed(String bytes) {
        assertThatThrownBy(() -> over(bytes).u32()).isInstanceOf(MalformedModuleException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "00, 0",
        "7F, -1",
        "3F, 63",
        "40, -64",
        "C0BB78, -123456",
        "FFFFFFFF07, 2147483647",
        "8080808078, -2147483648",
        "FFFFFFFF7F, -1",
        "8080808000, 0"
    })
    void a_signed_number_of_32_bits_is_read(String bytes, int expected) {
        assertThat(over(bytes).s32()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"8080808008", "FFFFFFFF0F", "8080808070", "FFFFFFFF6F", "808080808000"})
    void a_signed_number_with_bits_that_do_not_repeat_its_sign_is_malformed(String bytes) {
        assertThatThrownBy(() -> over(bytes).s32()).isInstanceOf(MalformedModuleException.class);
    }

    @ParameterizedTest
    @CsvSource({"FFFFFFFF0F, 4294967295", "8080808070, -4294967296", "40, -64"})
    void a_block_type_has_33_bits(String bytes, long expected) {
        assertThat(over(bytes).s33()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "FFFFFFFFFFFFFFFFFF00, 9223372036854775807",
        "8080808080808080807F, -9223372036854775808",
        "FFFFFFFFFFFFFFFFFF7F, -1"
    })
    void a_signed_number_of_64_bits_is_read(String bytes, long expected) {
        assertThat(over(bytes).s64()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"FFFFFFFFFFFFFFFFFF01", "8080808080808080807E", "8080808080808080808000"})
    void a_signed_number_above_64_bits_is_malformed(String bytes) {
        assertThatThrownBy(() -> over(bytes).s64()).isInstanceOf(MalformedModuleException.class);
    }

    @Test
    void a_count_must_fit_into_the_bytes_that_remain() {
        byte[] bytes = new WasmBytes().u32(2).bytes(0, 0, 0, 0, 0).toBytes();

        MalformedModuleException refused = catchThrowableOfType(
                MalformedModuleException.class, () -> new BinaryCursor(bytes, 0, bytes.length).count(3));

        assertThat(new BinaryCursor(bytes, 0, bytes.length).count(2)).isEqualTo(2);
        assertThat(refused).hasMessage("declares 2 entries, but only 5 bytes remain");
        assertThat(refused.offset()).isZero();
    }

    @Test
    void nothing_behind_the_end_of_a_slice_is_read() {
        BinaryCursor whole = over("0102030405");
        whole.u8();

        BinaryCursor slice = whole.slice(2);

        assertThat(slice.take(2)).containsExactly(2, 3);
        assertThat(slice.atEnd()).isTrue();
        assertThatThrownBy(slice::u8).isInstanceOf(MalformedModuleException.class);
        assertThatThrownBy(slice::peek).isInstanceOf(MalformedModuleException.class);
        assertThat(whole.u8()).isEqualTo(4);
        assertThatThrownBy(() -> whole.skip(2)).isInstanceOf(MalformedModuleException.class);
    }

    @Test
    void a_copy_moves_by_itself() {
        BinaryCursor cursor = over("0102");
        cursor.u8();

        assertThat(cursor.copy().u8()).isEqualTo(2);
        assertThat(cursor.u8()).isEqualTo(2);
    }

    private static BinaryCursor over(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        return new BinaryCursor(bytes, 0, bytes.length);
    }
}
