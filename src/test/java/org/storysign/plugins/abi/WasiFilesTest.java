package org.storysign.plugins.abi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.storysign.plugins.permission.PermissionName;
import org.storysign.plugins.sandbox.GuestFiles;

/** WASI's functions of files, each answer by its number. */
class WasiFilesTest extends FileGuests {

    // what is there

    @Test
    void the_directories_that_were_granted_are_found_open_and_no_others() {
        GuestFiles both = granted(PermissionName.FILESYSTEM_READ, PermissionName.FILESYSTEM_WRITE);
        assertThat(run(both, call("fd_prestat_get", PACKAGE, 0))).isEqualTo(Errno.SUCCESS);
        assertThat(run(both, call("fd_prestat_get", DATA, 0))).isEqualTo(Errno.SUCCESS);
        assertThat(run(both, call("fd_prestat_get", 5, 0))).isEqualTo(Errno.BADF);

        GuestFiles reading = granted(PermissionName.FILESYSTEM_READ);
        assertThat(run(reading, call("fd_prestat_get", PACKAGE, 0))).isEqualTo(Errno.SUCCESS);
        assertThat(run(reading, call("fd_prestat_get", DATA, 0))).isEqualTo(Errno.BADF);

        for (String function : FUNCTIONS.keySet()) {
            assertThat(run(granted(), call(function, anything(function, PACKAGE))))
                    .as(function)
                    .isEqualTo(Errno.BADF);
        }
    }

    @Test
    void a_directorys_name_needs_its_room() {
        assertThat(run(call("fd_prestat_dir_name", PACKAGE, 0, 8))).isEqualTo(Errno.SUCCESS);
        assertThat(run(call("fd_prestat_dir_name", PACKAGE, 0, 7))).isEqualTo(Errno.NAMETOOLONG);
        assertThat(run(call("fd_prestat_dir_name", 1, 0, 8))).isEqualTo(Errno.BADF);
    }

    // opening; the paths lie in memory from 2048 on, "a" there first

    @ParameterizedTest
    @CsvSource({
        "missing,  0, 2, 44",
        "file,     0, 2,  0",
        "file,     2, 2, 54",
        "dir,      2, 2,  0",
        "dir,      0, 66, 31",
        "file,     5, 2, 20",
        "file,     8, 66, 0",
        "new,      1, 66, 0",
        "dir,      1, 66, 31",
        "new,      3, 66, 28",
        "file/,    0, 2, 54",
        "new/,     1, 66, 31",
        "file/x,   0, 2, 44",
        "file/x,   1, 66, 54",
        "gone/x,   1, 66, 44",
        "../file,  0, 2, 76",
        "/file,    0, 2, 76"
    })
    void opening_answers_as_it_should(String path, int how, long rights, int errno) {
        prepare();

        assertThat(run(open(DATA, path, how, rights))).isEqualTo(errno);
    }

    @ParameterizedTest
    @CsvSource({
        "page, 0, 2, 0",
        "page, 0, 66, 69",
        "page, 8, 2, 69",
        "page, 1, 2, 69",
        "new, 1, 66, 69",
        "new, 0, 66, 44"
    })
    void what_can_only_be_read_is_never_opened_to_be_written(String path, int how, long rights, int errno) {
        assertThat(run(open(PACKAGE, path, how, rights))).isEqualTo(errno);
    }

    // on what is open: 5 is a file to be read, 6 one to be written, 7 a directory

    @ParameterizedTest
    @CsvSource({
        "fd_write,              6 512 1 0,    0",
        "fd_write,              5 512 1 0,   76",
        "fd_write,              7 512 1 0,   31",
        "fd_write,              6 512 1025 0, 28",
        "fd_read,               5 512 1 0,    0",
        "fd_read,               6 512 1 0,   76",
        "fd_read,               7 512 1 0,   31",
        "fd_read,               8 512 1 0,    8",
        "fd_read,              -1 512 1 0,    8",
        "fd_pread,              5 512 1 -1 0, 28",
        "fd_pread,              5 512 1 0 0,  0",
        "fd_pwrite,             6 512 1 -1 0, 28",
        "fd_pwrite,             6 512 1 9223372036854775807 0, 22",
        "fd_seek,               5 -1 0 0,    28",
        "fd_seek,               5 0 3 0,     28",
        "fd_seek,               5 9223372036854775807 0 0, 0",
        "fd_seek,               7 0 0 0,     31",
        "fd_tell,               5 0,          0",
        "fd_tell,               7 0,         31",
        "fd_filestat_set_size,  6 -1,        28",
        "fd_filestat_set_size,  6 1048577,   22",
        "fd_filestat_set_size,  6 1048576,    0",
        "fd_filestat_set_size,  5 0,         76",
        "fd_filestat_set_size,  7 0,         31",
        "fd_filestat_get,       5 0,          0",
        "fd_filestat_set_times, 5 0 0 0,     58",
        "fd_allocate,           6 0 1,       58",
        "fd_advise,             5 0 0 0,      0",
        "fd_sync,               6,            0",
        "fd_datasync,           6,            0",
        "fd_fdstat_get,         6 0,          0",
        "fd_fdstat_set_flags,   6 1,          0",
        "fd_readdir,            7 0 100 0 0,  0",
        "fd_readdir,            5 0 100 0 0, 54",
        "fd_renumber,           5 6,          0",
        "fd_renumber,           5 60,         8",
        "fd_close,              5,            0",
        "fd_close,              9,            8",
        "fd_close,              1,           52",
        "path_link,             4 0 2048 1 4 2048 1, 58"
    })
    void a_function_of_a_descriptor_answers_as_it_should(String function, String arguments, int errno) {
        prepare();
        String opened = "(drop " + open(DATA, "file", 0, READ) + ")(drop " + open(DATA, "file", 0, WRITE) + ")(drop "
                + open(DATA, "dir", 2, READ) + ")";

        assertThat(run(files(), opened, call(function, numbers(arguments)))).isEqualTo(errno);
    }

    @ParameterizedTest
    @CsvSource({
        "path_create_directory, new,  0",
        "path_create_directory, dir, 20",
        "path_create_directory, gone/x, 44",
        "path_create_directory, ., 20",
        "path_create_directory, .., 76",
        "path_remove_directory, dir,  0",
        "path_remove_directory, full, 55",
        "path_remove_directory, file, 54",
        "path_remove_directory, ., 28",
        "path_unlink_file, file, 0",
        "path_unlink_file, file/, 31",
        "path_unlink_file, dir, 31",
        "path_unlink_file, gone, 44",
        "path_unlink_file, full/../file, 0"
    })
    void a_function_of_a_path_answers_as_it_should(String function, String path, int errno) {
        prepare();

        assertThat(run(call(function, DATA, at(path), path.length()))).isEqualTo(errno);
        assertThat(run(call(function, PACKAGE, at("page"), 4)))
                .as("of the package")
                .isEqualTo(Errno.ROFS);
    }

    @Test
    void nothing_goes_from_one_directory_tree_to_another_and_no_file_is_a_link() {
        prepare();

        assertThat(run(call("path_rename", DATA, at("file"), 4, PACKAGE, at("x"), 1)))
                .isEqualTo(Errno.XDEV);
        assertThat(run(call("path_rename", DATA, at("file"), 4, 9, at("x"), 1))).isEqualTo(Errno.BADF);
        assertThat(run(call("path_rename", PACKAGE, at("page"), 4, PACKAGE, at("x"), 1)))
                .isEqualTo(Errno.ROFS);
        assertThat(run(call("path_readlink", DATA, at("file"), 4, 0, 100, 200))).isEqualTo(Errno.INVAL);
        assertThat(run(call("path_readlink", DATA, at("gone"), 4, 0, 100, 200))).isEqualTo(Errno.NOENT);
    }

    /** There is no more memory than that: a longer read would leave it. */
    @Test
    void one_call_moves_64_KiB_and_says_so() {
        prepare();
        String code =
                "(drop " + open(DATA, "file", 0, READ | WRITE) + ")(drop " + call("fd_filestat_set_size", 5, 100_000)
                        + ")(i64.store (i32.const 512) (i64.const " + (100_000L << 32) + "))(drop "
                        + call("fd_pread", 5, 512, 1, 0, 16) + ")";

        assertThat(run(files(), code, "(i32.load (i32.const 16))")).isEqualTo(65_536);
    }

    @Test
    void a_listing_is_read_in_pieces_and_what_has_no_room_is_cut() {
        prepare();
        String code = "(drop " + call("fd_readdir", DATA, 4096, 60, 0, 16) + ")";

        byte[] memory = memory(code);

        ByteBuffer first = ByteBuffer.wrap(memory).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(first.getInt(16)).as("all of it is used").isEqualTo(60);
        assertThat(first.getLong(4096)).as("the next cookie").isEqualTo(1);
        assertThat(first.getInt(4096 + 16)).isEqualTo(1);
        assertThat((char) first.get(4096 + 24)).isEqualTo('.');
        assertThat(first.getLong(4096 + 25)).isEqualTo(2);
    }
}
