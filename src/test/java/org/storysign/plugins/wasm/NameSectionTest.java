package org.storysign.plugins.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.kit.WasmBytes;

class NameSectionTest {

    @Test
    void function_names_are_read_and_other_subsections_passed_over() {
        WasmBytes content = WasmBytes.of(0)
                .sized(new WasmBytes().name("module"))
                .bytes(1)
                .sized(WasmBytes.of(2, 0).name("first").bytes(3).name("fourth"))
                .bytes(7)
                .sized(WasmBytes.of(0xFF));

        FunctionNames names = read(content, 4);

        assertThat(names.byIndex()).isEqualTo(Map.of(0, "first", 3, "fourth"));
    }

    @Test
    void names_of_functions_that_do_not_exist_are_left_out() {
        WasmBytes content =
                WasmBytes.of(1).sized(WasmBytes.of(2, 3).name("last").bytes(4).name("none"));

        assertThat(read(content, 4).byIndex()).isEqualTo(Map.of(3, "last"));
    }

    @Test
    void a_damaged_section_gives_the_names_before_the_damage() {
        WasmBytes content =
                WasmBytes.of(1).sized(WasmBytes.of(2, 0).name("first").bytes(1, 99));

        assertThat(read(content, 4).byIndex()).isEqualTo(Map.of(0, "first"));
    }

    @Test
    void a_name_is_cut_at_256_bytes() {
        WasmBytes content = WasmBytes.of(1).sized(WasmBytes.of(1, 0).name("n".repeat(1_000)));

        assertThat(read(content, 1).byIndex()).isEqualTo(Map.of(0, "n".repeat(256)));
    }

    @Test
    void a_function_is_told_by_its_quoted_name_or_by_its_index() {
        WasmBytes content =
                WasmBytes.of(1).sized(WasmBytes.of(2, 0).name("a`b").bytes(1).name(""));

        FunctionNames names = read(content, 3);

        assertThat(names.of(0)).isEqualTo("`a\\u0060b`");
        assertThat(names.of(1)).isEqualTo("function 1");
        assertThat(names.of(2)).isEqualTo("function 2");
    }

    private static FunctionNames read(WasmBytes content, int functions) {
        byte[] bytes = content.toBytes();
        return NameSection.read(new BinaryCursor(bytes, 0, bytes.length), functions);
    }
}
