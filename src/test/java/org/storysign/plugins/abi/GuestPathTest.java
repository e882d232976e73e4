package org.storysign.plugins.abi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.storysign.plugins.sandbox.FilePath;

/** Where guests' paths lead: never out of the directory they begin in. */
class GuestPathTest {

    private static final FilePath ROOT = new FilePath(1, "");
    private static final FilePath DEEP = new FilePath(1, "a/b");

    @ParameterizedTest
    @CsvSource({
        "x, x, a/b/x",
        "./x, x, a/b/x",
        "x/y, x/y, a/b/x/y",
        "x//y, x/y, a/b/x/y",
        "x/./y, x/y, a/b/x/y",
        "x/../y, y, a/b/y",
        ".x, .x, a/b/.x",
        "..x, ..x, a/b/..x",
        "x.., x.., a/b/x..",
        "..., ..., a/b/...",
        "🐸, 🐸, a/b/🐸"
    })
    void a_path_leads_where_its_names_say(String text, String fromRoot, String fromDeep) {
        assertThat(read(ROOT, text).path()).isEqualTo(new FilePath(1, fromRoot));
        assertThat(read(DEEP, text).path()).isEqualTo(new FilePath(1, fromDeep));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"..", "../x", "x/../../y", "./..", "x/../..", "/", "/x", "/etc/passwd", "//x", "/../x", "..//x"})
    void a_path_out_of_the_directory_leads_nowhere(String text) {
        assertThat(errno(ROOT, text.getBytes(StandardCharsets.UTF_8))).isEqualTo(Errno.NOTCAPABLE);
    }

    @Test
    void a_directory_inside_leads_up_to_its_root_and_no_further() {
        assertThat(read(DEEP, "../..").path()).isEqualTo(ROOT);
        assertThat(read(DEEP, "../../c").path()).isEqualTo(new FilePath(1, "c"));
        assertThat(errno(DEEP, "../../..".getBytes(StandardCharsets.UTF_8))).isEqualTo(Errno.NOTCAPABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x/", "x/.", ".", "x/..", "x//"})
    void a_path_that_ends_so_is_a_directorys(String text) {
        assertThat(read(ROOT, text).isDirectory()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "x/y", ".x", "x."})
    void another_may_be_a_files(String text) {
        assertThat(read(ROOT, text).isDirectory()).isFalse();
    }

    @Test
    void what_is_no_text_and_what_others_read_differently_is_refused() {
        assertThat(errno(ROOT, new byte[] {'a', (byte) 0xC0, (byte) 0xAF}))
                .as("overlong slash")
                .isEqualTo(Errno.ILSEQ);
        assertThat(errno(ROOT, new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80}))
                .as("half a pair")
                .isEqualTo(Errno.ILSEQ);
        assertThat(errno(ROOT, new byte[] {(byte) 0xFF})).isEqualTo(Errno.ILSEQ);
        assertThat(errno(ROOT, "a\0b".getBytes(StandardCharsets.UTF_8))).isEqualTo(Errno.INVAL);
        assertThat(errno(ROOT, "a\nb".getBytes(StandardCharsets.UTF_8))).isEqualTo(Errno.INVAL);
        assertThat(errno(ROOT, "..\\x".getBytes(StandardCharsets.UTF_8))).isEqualTo(Errno.INVAL);
        assertThat(errno(ROOT, new byte[0])).isEqualTo(Errno.NOENT);
    }

    @Test
    void a_path_has_255_bytes_and_16_names_and_no_more() {
        assertThat(read(ROOT, "x".repeat(255)).path().path()).hasSize(255);
        assertThat(errno(ROOT, "x".repeat(256).getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(Errno.NAMETOOLONG);
        assertThat(errno(ROOT, "é".repeat(128).getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(Errno.NAMETOOLONG);
        assertThat(read(ROOT, "x/".repeat(16)).path().path()).hasSize(31);
        assertThat(errno(ROOT, "x/".repeat(17).getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(Errno.NAMETOOLONG);
    }

    private static GuestPath read(FilePath from, String text) {
        return GuestPath.read(from, text.getBytes(StandardCharsets.UTF_8));
    }

    private static int errno(FilePath from, byte[] bytes) {
        return catchThrowableOfType(WasiFault.class, () -> GuestPath.read(from, bytes))
                .errno();
    }
}
