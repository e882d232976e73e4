package org.storysign.plugins.abi;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.storysign.plugins.identity.CallContext;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
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
import org.storysign.plugins.sandbox.CallResult;
import org.storysign.plugins.sandbox.GuestFiles;
import org.storysign.plugins.sandbox.Trap;
import org.storysign.plugins.sandbox.chicory.Tiering;

/** Guests in the text format that call one function of WASI for files and answer with its number, through the gate. */
abstract class FileGuests {

    static final TestSandbox SANDBOX = TestSandbox.on(Tiering.INTERPRETED);
    static final PluginId PLUGIN = new PluginId("test-plugin");

    /** The functions and their parameters: i for i32, l for i64. */
    static final Map<String, String> FUNCTIONS = Stream.of(
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

    static final long READ = 1L << 1;
    static final long WRITE = 1L << 6;
    static final int DATA = 4;
    static final int PACKAGE = 3;

    final InMemoryFiles store = new InMemoryFiles(new TestClock());
    final List<GateAnswer> answers = new ArrayList<>();

    void prepare() {
        for (String code : List.of(
                open(DATA, "file", 1, WRITE),
                call("path_create_directory", DATA, at("dir"), 3),
                call("path_create_directory", DATA, at("full"), 4),
                open(DATA, "full/x", 1, WRITE))) {
            run(code);
        }
    }

    int run(String expression) {
        return run(files(), "", expression);
    }

    int run(GuestFiles files, String expression) {
        return run(files, "", expression);
    }

    int run(GuestFiles files, CallContext context, String expression) {
        return status(
                SANDBOX.call(TestCall.of(module("", expression)).files(files).context(context)));
    }

    int run(GuestFiles files, String before, String expression) {
        return status(result(files, before, expression));
    }

    CallResult result(GuestFiles files, String before, String expression) {
        return SANDBOX.call(TestCall.of(module(before, expression)).files(files));
    }

    static int status(CallResult result) {
        return ((Trap.PluginError) ((CallResult.Trapped) result).trap()).status() - 1_000;
    }

    /** The first pages of memory after the code ran. */
    byte[] memory(String code) {
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

    GuestFiles granted(PermissionName... names) {
        return files(Map.of(), Grants.of(names));
    }

    GuestFiles files() {
        return files(Map.of(), Grants.of(PermissionName.FILESYSTEM_READ, PermissionName.FILESYSTEM_WRITE));
    }

    GuestFiles files(Map<PlatformService, ServiceTerms> terms) {
        return files(terms, Grants.of(PermissionName.FILESYSTEM_READ, PermissionName.FILESYSTEM_WRITE));
    }

    static Map<PlatformService, ServiceTerms> terms(ServiceTerms files) {
        return Map.of(PlatformService.FILES, files);
    }

    GuestFiles files(Map<PlatformService, ServiceTerms> other, Grants grants) {
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
    static final List<String> PATHS = List.of(
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

    static int at(String path) {
        return 2048 + 32 * PATHS.indexOf(path);
    }

    static String open(int from, String path, int how, long rights) {
        return call("path_open", from, 0, at(path), path.length(), how, rights, rights, 0, 1024);
    }

    static String call(String function, long... arguments) {
        StringBuilder code = new StringBuilder("(call $" + function);
        String types = Objects.requireNonNull(FUNCTIONS.get(function));
        for (int i = 0; i < arguments.length; i++) {
            code.append(types.charAt(i) == 'l' ? " (i64.const " + arguments[i] : " (i32.const " + (int) arguments[i])
                    .append(")");
        }
        return code.append(")").toString();
    }

    static long[] anything(String function, int descriptor) {
        long[] arguments =
                new long[Objects.requireNonNull(FUNCTIONS.get(function)).length()];
        arguments[0] = descriptor;
        return arguments;
    }

    static long[] numbers(String text) {
        return Stream.of(text.trim().split(" ")).mapToLong(Long::parseLong).toArray();
    }

    static String module(String before, String expression) {
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
