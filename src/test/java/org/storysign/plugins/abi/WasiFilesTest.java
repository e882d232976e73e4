package org.storysign.plugins.abi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.storysign.plugins.identity.CallContext;
import org.storysign.plugins.identity.InvocationId;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.identity.UserReach;
import org.storysign.plugins.kit.TestCall;
import org.storysign.plugins.kit.TestClock;
import org.storysign.plugins.kit.TestSandbox;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.permission.Grants;
import org.storysign.plugins.permission.PermissionName;
import org.storysign.plugins.platform.GateAnswer;
import org.storysign.plugins.platform.GateKeeping;
import org.storysign.plugins.platform.PlatformGate;
import org.storysign.plugins.platform.PlatformService;
import org.storysign.plugins.platform.PlatformTerms;
import org.storysign.plugins.platform.QuotaLedger;
import org.storysign.plugins.platform.ServiceTerms;
import org.storysign.plugins.platform.memory.InMemoryFiles;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.sandbox.CallResult;
import org.storysign.plugins.sandbox.GuestFiles;
import org.storysign.plugins.sandbox.Trap;
import org.storysign.plugins.sandbox.chicory.Tiering;

/** WASI's functions of files, each answer by its number, through the gate. */
class WasiFilesTest {

    private static final TestSandbox SANDBOX = TestSandbox.on(Tiering.INTERPRETED);
    private static final PluginId PLUGIN = new PluginId("test-plugin");

    /** The functions and their parameters: i for i32, l for i64. */
    private static final Map<String, String> FUNCTIONS = Stream.of(
                    "fd_advise illi",
                    "fd_allocate ill",
                    "fd_close i",
                    "fd_datasync i",
                    "fd_fdstat_get ii",
                    "fd_fdstat_set_flags ii",
                    "fd_filestat_get ii",
                    "fd_filestat_set_size il",
                    "fd_filestat_set_times illi",
                    "fd_pread iiili",
                    "fd_prestat_dir_name iii",
                    "fd_prestat_get ii",
                    "fd_pwrite iiili",
                    "fd_read iiii",
                    "fd_readdir iiili",
                    "fd_renumber ii",
                    "fd_seek ilii",
                    "fd_sync i",
                    "fd_tell ii",
                    "fd_write iiii",
                    "path_create_directory iii",
                    "path_filestat_get iiiii",
                    "path_link iiiiiii",
                    "path_open iiiiillii",
                    "path_readlink iiiiii",
                    "path_remove_directory iii",
                    "path_rename iiiiii",
                    "path_unlink_file iii")
            .collect(Collectors.toMap(text -> text.split(" ")[0], text -> text.split(" ")[1]));

    private static final long READ = 1L << 1;
    private static final long WRITE = 1L << 6;
    private static final int TRIES = 1_000;
    private static final int DATA = 4;
    private static final int PACKAGE = 3;

    private final InMemoryFiles store = new InMemoryFiles(new TestClock());
    private final List<GateAnswer> answers = new ArrayList<>();

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

    // the gate

    @Test
    void each_question_is_told_to_the_gate_and_what_was_refused_with_its_code() {
        prepare();
        answers.clear();

        run(
                files(terms(new ServiceTerms(Duration.ofSeconds(2), 4, 1, 100))),
                "",
                call("path_filestat_get", DATA, 0, at("file"), 4, 0));

        assertThat(answers).singleElement().satisfies(answer -> {
            assertThat(answer.service()).isEqualTo(PlatformService.FILES);
            assertThat(answer.refused()).isEmpty();
        });
    }

    @Test
    void a_call_asks_so_often_and_no_more() {
        prepare();
        answers.clear();
        String twice = "(drop " + call("path_filestat_get", DATA, 0, at("file"), 4, 0) + ")";

        int errno = run(
                files(terms(new ServiceTerms(Duration.ofSeconds(2), 4, 1, 100))),
                twice,
                call("path_filestat_get", DATA, 0, at("file"), 4, 0));

        assertThat(errno).isEqualTo(Errno.DQUOT);
        assertThat(answers)
                .last()
                .satisfies(answer -> assertThat(answer.refused()).contains(ProblemCode.QUOTA_EXCEEDED));
    }

    @Test
    void a_dry_run_reads_and_writes_nothing() {
        prepare();
        CallContext dry = new CallContext(
                TenantId.DEFAULT, Optional.empty(), PLUGIN, InvocationId.random(), 0, UserReach.CALLS_USER, true);

        assertThat(run(files(), dry, open(DATA, "file", 0, READ))).isEqualTo(Errno.SUCCESS);
        assertThat(run(files(), dry, open(DATA, "file", 0, WRITE))).isEqualTo(Errno.ROFS);
        assertThat(run(files(), dry, open(DATA, "new", 1, WRITE))).isEqualTo(Errno.ROFS);
        assertThat(run(files(), dry, call("path_unlink_file", DATA, at("file"), 4)))
                .isEqualTo(Errno.ROFS);
    }

    // whatever comes to a guest's mind

    static Stream<String> functions() {
        return FUNCTIONS.keySet().stream().sorted();
    }

    /** Whatever the arguments, it answers a number or is stopped for reaching outside its memory. */
    @ParameterizedTest
    @MethodSource("functions")
    void any_arguments_end_in_an_answer_or_outside_of_memory(String function) {
        prepare();
        Random random = new Random(function.hashCode());
        GuestFiles files = files();
        String types = Objects.requireNonNull(FUNCTIONS.get(function));
        String wat = module("(drop " + open(DATA, "file", 0, READ | WRITE) + ")", fromInput(function, types));
        for (int tries = 0; tries < TRIES; tries++) {
            ByteBuffer arguments = ByteBuffer.allocate(8 * types.length()).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < types.length(); i++) {
                arguments.putLong(whatever(random));
            }
            CallResult result = SANDBOX.call(TestCall.of(wat).files(files).input(arguments.array()));
            assertThat(
                            result instanceof CallResult.Trapped trapped
                                    ? trapped.trap().code()
                                    : ProblemCode.PLUGIN_ERROR)
                    .as("%s %s", function, Arrays.toString(arguments.array()))
                    .isIn(ProblemCode.PLUGIN_ERROR, ProblemCode.MEMORY_OUT_OF_BOUNDS);
        }
    }

    /** The call with arguments that are the numbers of its input. */
    private static String fromInput(String function, String types) {
        StringBuilder code = new StringBuilder("(call $" + function);
        for (int i = 0; i < types.length(); i++) {
            String number = "(call $input (i64.const " + 8 * i + "))";
            code.append(" ").append(types.charAt(i) == 'l' ? number : "(i32.wrap_i64 " + number + ")");
        }
        return code.append(")").toString();
    }

    private static long whatever(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> 3 + random.nextInt(4);
            case 1 -> random.nextInt(4);
            case 2 -> 2048 + random.nextInt(40);
            case 3 -> random.nextInt(131_072);
            case 4 -> 0xFFFF_FFFFL - random.nextInt(100);
            default -> random.nextLong();
        };
    }

    // how it is run

    private void prepare() {
        for (String code : List.of(
                open(DATA, "file", 1, WRITE),
                call("path_create_directory", DATA, at("dir"), 3),
                call("path_create_directory", DATA, at("full"), 4),
                open(DATA, "full/x", 1, WRITE))) {
            run(code);
        }
    }

    private int run(String expression) {
        return run(files(), "", expression);
    }

    private int run(GuestFiles files, String expression) {
        return run(files, "", expression);
    }

    private int run(GuestFiles files, CallContext context, String expression) {
        return status(
                SANDBOX.call(TestCall.of(module("", expression)).files(files).context(context)));
    }

    private int run(GuestFiles files, String before, String expression) {
        return status(result(files, before, expression));
    }

    private CallResult result(GuestFiles files, String before, String expression) {
        return SANDBOX.call(TestCall.of(module(before, expression)).files(files));
    }

    private static int status(CallResult result) {
        return ((Trap.PluginError) ((CallResult.Trapped) result).trap()).status() - 1_000;
    }

    /** The first pages of memory after the code ran. */
    private byte[] memory(String code) {
        String wat = module(code, "(i32.const -1000)")
                .replace("(memory 1)", """
                        (import "extism:host/env" "alloc" (func $alloc (param i64) (result i64)))
                        (import "extism:host/env" "store_u8" (func $store_u8 (param i64 i32)))
                        (import "extism:host/env" "output_set" (func $output (param i64 i64)))
                        (memory 1)""")
                .replace("(i32.add (i32.const 1000) (i32.const -1000))", """
                        (local.set $at (call $alloc (i64.const 8192)))
                        (loop $next
                          (call $store_u8 (i64.add (local.get $at) (i64.extend_i32_u (local.get $i)))
                            (i32.load8_u (local.get $i)))
                          (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 8192))))
                        (call $output (local.get $at) (i64.const 8192))
                        (i32.const 0)""")
                .replace("(result i32) ;; run", "(result i32) (local $at i64) (local $i i32)");
        CallResult result = SANDBOX.call(TestCall.of(wat).files(files()));
        return ((CallResult.Returned) result).output();
    }

    private GuestFiles granted(PermissionName... names) {
        return files(Map.of(), Grants.of(names));
    }

    private GuestFiles files() {
        return files(Map.of(), Grants.of(PermissionName.FILESYSTEM_READ, PermissionName.FILESYSTEM_WRITE));
    }

    private GuestFiles files(Map<PlatformService, ServiceTerms> terms) {
        return files(terms, Grants.of(PermissionName.FILESYSTEM_READ, PermissionName.FILESYSTEM_WRITE));
    }

    private static Map<PlatformService, ServiceTerms> terms(ServiceTerms files) {
        return Map.of(PlatformService.FILES, files);
    }

    private GuestFiles files(Map<PlatformService, ServiceTerms> other, Grants grants) {
        Map<PlatformService, ServiceTerms> terms = new EnumMap<>(PlatformService.class);
        EnumSet.allOf(PlatformService.class).forEach(service -> terms.put(service, service.usual()));
        terms.putAll(other);
        PlatformGate gate = new PlatformGate(
                List.of(), new GateKeeping(terms, QuotaLedger.UNLIMITED, new TestClock(), answers::add));
        PlatformTerms own =
                new PlatformTerms(TenantId.DEFAULT, PLUGIN, "1.0.0", List.of(), grants, SecurityLevel.STANDARD.data());
        Map<String, byte[]> content = new HashMap<>();
        content.put("page", "hello".getBytes(StandardCharsets.UTF_8));
        return gate.files(store, content, own);
    }

    /** Paths have their places in memory, so that arguments can be numbers. */
    private static final List<String> PATHS = List.of(
            "file",
            "dir",
            "full",
            "full/x",
            "new",
            "missing",
            "file/",
            "new/",
            "file/x",
            "gone/x",
            "../file",
            "/file",
            "gone",
            "page",
            "x",
            ".",
            "..",
            "full/../file");

    private static int at(String path) {
        return 2048 + 32 * PATHS.indexOf(path);
    }

    private static String open(int from, String path, int how, long rights) {
        return call("path_open", from, 0, at(path), path.length(), how, rights, rights, 0, 1024);
    }

    private static String call(String function, long... arguments) {
        StringBuilder code = new StringBuilder("(call $" + function);
        String types = Objects.requireNonNull(FUNCTIONS.get(function));
        for (int i = 0; i < arguments.length; i++) {
            code.append(types.charAt(i) == 'l' ? " (i64.const " + arguments[i] : " (i32.const " + (int) arguments[i])
                    .append(")");
        }
        return code.append(")").toString();
    }

    private static long[] anything(String function, int descriptor) {
        long[] arguments =
                new long[Objects.requireNonNull(FUNCTIONS.get(function)).length()];
        arguments[0] = descriptor;
        return arguments;
    }

    private static long[] numbers(String text) {
        return Stream.of(text.trim().split(" ")).mapToLong(Long::parseLong).toArray();
    }

    private static String module(String before, String expression) {
        StringBuilder wat = new StringBuilder("(module\n");
        FUNCTIONS.forEach((name, types) ->
                wat.append("(import \"wasi_snapshot_preview1\" \"%s\" (func $%s (param %s) (result i32)))\n"
                        .formatted(
                                name,
                                name,
                                types.chars()
                                        .mapToObj(type -> type == 'l' ? "i64" : "i32")
                                        .collect(Collectors.joining(" ")))));
        wat.append("(import \"extism:host/env\" \"input_load_u64\" (func $input (param i64) (result i64)))\n");
        wat.append("(memory 1)\n");
        for (String path : Set.copyOf(PATHS)) {
            wat.append("(data (i32.const %d) \"%s\")\n".formatted(at(path), path));
        }
        // At 512 a list of one piece: 8 bytes at 1536.
        wat.append("(data (i32.const 512) \"\\00\\06\\00\\00\\08\\00\\00\\00\")\n");
        return wat.append("(func (export \"run\") (result i32) ;; run\n")
                .append(before)
                .append("(i32.add (i32.const 1000) ")
                .append(expression)
                .append(")))")
                .toString();
    }
}
