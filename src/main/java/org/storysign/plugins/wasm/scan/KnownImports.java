package org.storysign.plugins.wasm.scan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.storysign.plugins.wasm.FunctionType;
import org.storysign.plugins.wasm.ImportedFunction;
import org.storysign.plugins.wasm.ValueType;

/**
 * The functions a module may import: their modules, names and exact types. Whether a plugin is granted what they do is decided
 * when it is enabled.
 */
public final class KnownImports {

    /** Memory, input, output, config, vars, HTTP and logging. Source: Extism ABI 1.x. */
    public static final String EXTISM = "extism:host/env";

    /** The platform's own functions: any name, i64 in and out. */
    public static final String PLATFORM = "extism:host/user";

    /** Source: WASI preview 1. */
    public static final String WASI = "wasi_snapshot_preview1";

    private static final Map<String, Map<String, FunctionType>> TYPES = Map.of(EXTISM, parse("""
            alloc i64 -> i64
            config_get i64 -> i64
            error_get -> i64
            error_set i64 ->
            free i64 ->
            get_log_level -> i32
            http_headers -> i64
            http_request i64 i64 -> i64
            http_status_code -> i32
            input_length -> i64
            input_load_u64 i64 -> i64
            input_load_u8 i64 -> i32
            input_offset -> i64
            length i64 -> i64
            length_unsafe i64 -> i64
            load_u64 i64 -> i64
            load_u8 i64 -> i32
            log_debug i64 ->
            log_error i64 ->
            log_info i64 ->
            log_trace i64 ->
            log_warn i64 ->
            memory_bytes -> i64
            output_set i64 i64 ->
            reset ->
            store_u64 i64 i64 ->
            store_u8 i64 i32 ->
            var_get i64 -> i64
            var_set i64 i64 ->
            """), WASI, parse("""
            args_get i32 i32 -> i32
            args_sizes_get i32 i32 -> i32
            clock_res_get i32 i32 -> i32
            clock_time_get i32 i64 i32 -> i32
            environ_get i32 i32 -> i32
            environ_sizes_get i32 i32 -> i32
            fd_advise i32 i64 i64 i32 -> i32
            fd_allocate i32 i64 i64 -> i32
            fd_close i32 -> i32
            fd_datasync i32 -> i32
            fd_fdstat_get i32 i32 -> i32
            fd_fdstat_set_flags i32 i32 -> i32
            fd_fdstat_set_rights i32 i64 i64 -> i32
            fd_filestat_get i32 i32 -> i32
            fd_filestat_set_size i32 i64 -> i32
            fd_filestat_set_times i32 i64 i64 i32 -> i32
            fd_pread i32 i32 i32 i64 i32 -> i32
            fd_prestat_dir_name i32 i32 i32 -> i32
            fd_prestat_get i32 i32 -> i32
            fd_pwrite i32 i32 i32 i64 i32 -> i32
            fd_read i32 i32 i32 i32 -> i32
            fd_readdir i32 i32 i32 i64 i32 -> i32
            fd_renumber i32 i32 -> i32
            fd_seek i32 i64 i32 i32 -> i32
            fd_sync i32 -> i32
            fd_tell i32 i32 -> i32
            fd_write i32 i32 i32 i32 -> i32
            path_create_directory i32 i32 i32 -> i32
            path_filestat_get i32 i32 i32 i32 i32 -> i32
            path_filestat_set_times i32 i32 i32 i32 i64 i64 i32 -> i32
            path_link i32 i32 i32 i32 i32 i32 i32 -> i32
            path_open i32 i32 i32 i32 i32 i64 i64 i32 i32 -> i32
            path_readlink i32 i32 i32 i32 i32 i32 -> i32
            path_remove_directory i32 i32 i32 -> i32
            path_rename i32 i32 i32 i32 i32 i32 -> i32
            path_symlink i32 i32 i32 i32 i32 -> i32
            path_unlink_file i32 i32 i32 -> i32
            poll_oneoff i32 i32 i32 i32 -> i32
            proc_exit i32 ->
            proc_raise i32 -> i32
            random_get i32 i32 -> i32
            sched_yield -> i32
            sock_accept i32 i32 i32 -> i32
            sock_recv i32 i32 i32 i32 i32 i32 -> i32
            sock_send i32 i32 i32 i32 i32 -> i32
            sock_shutdown i32 i32 -> i32
            """));

    private KnownImports() {}

    /** The functions of {@link #EXTISM} or {@link #WASI} by name; empty for any other module. */
    public static Map<String, FunctionType> of(String module) {
        return TYPES.getOrDefault(module, Map.of());
    }

    static boolean isKnown(ImportedFunction imported) {
        return imported.module().equals(PLATFORM) || of(imported.module()).containsKey(imported.name());
    }

    /** The type it must have, when its name decides that. */
    static Optional<FunctionType> typeOf(ImportedFunction imported) {
        return Optional.ofNullable(of(imported.module()).get(imported.name()));
    }

    private static Map<String, FunctionType> parse(String table) {
        Map<String, FunctionType> types = new HashMap<>();
        for (String line : table.lines().toList()) {
            int arrow = line.indexOf("->");
            int name = line.indexOf(' ');
            types.put(
                    line.substring(0, name),
                    new FunctionType(values(line.substring(name, arrow)), values(line.substring(arrow + 2))));
        }
        return Map.copyOf(types);
    }

    private static List<ValueType> values(String names) {
        List<ValueType> values = new ArrayList<>();
        for (String name : names.split(" ", -1)) {
            if (!name.isEmpty()) {
                values.add(ValueType.valueOf(name.toUpperCase(Locale.ROOT)));
            }
        }
        return values;
    }
}
