package org.storysign.plugins.abi;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.storysign.plugins.sandbox.HostCall;
import org.storysign.plugins.sandbox.HostFunction;

/**
 * {@code wasi_snapshot_preview1}: all of its functions are there, and none reaches further than the call and the files it was given:
 * arguments, an empty environment, a clock of 1 ms, randomness, the standard streams, waiting for the clock, and {@link WasiFiles}. The
 * others answer that they are not offered. Source: WASI snapshot preview 1; contract, section 10.
 */
final class WasiSubset {

    static final String MODULE = "wasi_snapshot_preview1";

    /** The one argument of every program: its name. */
    private static final byte[] ARGUMENT = "plugin\0".getBytes(StandardCharsets.US_ASCII);

    private static final int RANDOM_STEP = 4_096;
    private static final byte CHARACTER_DEVICE = 2;
    private static final long MAY_READ = 1L << 1;
    private static final long MAY_WRITE = 1L << 6;

    /** Functions of descriptors and paths, which come first with a descriptor; by name and parameters. */
    private static final List<String> OF_DESCRIPTORS = List.of(
            "fd_advise illi",
            "fd_allocate ill",
            "fd_close i",
            "fd_datasync i",
            "fd_fdstat_set_flags ii",
            "fd_fdstat_set_rights ill",
            "fd_filestat_get ii",
            "fd_filestat_set_size il",
            "fd_filestat_set_times illi",
            "fd_pread iiili",
            "fd_pwrite iiili",
            "fd_readdir iiili",
            "fd_renumber ii",
            "fd_seek ilii",
            "fd_sync i",
            "fd_tell ii",
            "path_create_directory iii",
            "path_filestat_get iiiii",
            "path_filestat_set_times iiiilli",
            "path_open iiiiillii",
            "path_readlink iiiiii",
            "path_remove_directory iii",
            "path_unlink_file iii",
            "path_link iiiiiii",
            "path_rename iiiiii",
            "sock_accept iii",
            "sock_recv iiiiii",
            "sock_send iiiii",
            "sock_shutdown ii");

    /** Functions that are not offered. */
    private static final List<String> OTHERS = List.of("path_symlink iiiii", "proc_raise i");

    private final InstantSource clock;
    private final RandomGenerator random;

    WasiSubset(InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    List<HostFunction> all() {
        List<HostFunction> functions = new ArrayList<>(List.of(
                function("args_sizes_get", "ii", (call, frame, args) -> numbers(call, args, 1, ARGUMENT.length)),
                function("args_get", "ii", WasiSubset::arguments),
                function("environ_sizes_get", "ii", (call, frame, args) -> numbers(call, args, 0, 0)),
                function("environ_get", "ii", (call, frame, args) -> Errno.SUCCESS),
                function("clock_res_get", "ii", (call, frame, args) -> resolution(call, args)),
                function("clock_time_get", "ili", (call, frame, args) -> time(call, args)),
                function("random_get", "ii", (call, frame, args) -> random(call, args)),
                function("sched_yield", "", (call, frame, args) -> Errno.SUCCESS),
                function("fd_fdstat_get", "ii", WasiSubset::describe),
                function("fd_prestat_get", "ii", WasiFiles::rootStatus),
                function("fd_prestat_dir_name", "iii", WasiFiles::rootName),
                function("fd_write", "iiii", VectorTransfer::write),
                function("fd_read", "iiii", VectorTransfer::read),
                function("poll_oneoff", "iiii", new ClockPoll(clock)),
                exit()));
        OF_DESCRIPTORS.forEach(text -> functions.add(ofDescriptor(text)));
        OTHERS.forEach(text -> functions.add(refused(text)));
        return functions;
    }

    private static AbiFunction function(String name, String params, AbiFunction.Body body) {
        return new AbiFunction(MODULE, name, AbiFunction.type(params, "i"), FuelPrice.LOOKUP, false, body);
    }

    private static AbiFunction exit() {
        return new AbiFunction(
                MODULE, "proc_exit", AbiFunction.type("i", ""), FuelPrice.ACCESS, false, (call, frame, args) -> {
                    throw new GuestExit((int) args[0]);
                });
    }

    /** Of files; not offered of the standard streams. */
    private static AbiFunction ofDescriptor(String nameAndParams) {
        String[] parts = nameAndParams.split(" ");
        return function(
                parts[0],
                parts[1],
                (call, frame, args) ->
                        isStandard((int) args[0]) ? Errno.NOSYS : WasiFiles.run(parts[0], call, frame, args));
    }

    private static AbiFunction refused(String nameAndParams) {
        String[] parts = nameAndParams.split(" ");
        return function(parts[0], parts[1], (call, frame, args) -> Errno.NOSYS);
    }

    static boolean isStandard(int descriptor) {
        return descriptor >= StandardStreams.INPUT && descriptor <= StandardStreams.ERROR;
    }

    private static long numbers(HostCall call, long[] args, int first, int second) {
        writeInt(call, args[0], first);
        writeInt(call, args[1], second);
        return Errno.SUCCESS;
    }

    private static long arguments(HostCall call, KernelFrame frame, long[] args) {
        writeInt(call, args[0], (int) args[1]);
        call.memory().write(pointer(args[1]), ARGUMENT);
        return Errno.SUCCESS;
    }

    private static long resolution(HostCall call, long[] args) {
        if (!isOffered((int) args[0])) {
            return Errno.INVAL;
        }
        writeLong(call, args[1], ClockPoll.NANOS_A_MILLISECOND);
        return Errno.SUCCESS;
    }

    private long time(HostCall call, long[] args) {
        if (!isOffered((int) args[0])) {
            return Errno.INVAL;
        }
        writeLong(call, args[2], clock.millis() * ClockPoll.NANOS_A_MILLISECOND);
        return Errno.SUCCESS;
    }

    /** The time of day (0) and the one that only moves on (1): both are the same clock here. */
    static boolean isOffered(int clockId) {
        return clockId == 0 || clockId == 1;
    }

    private long random(HostCall call, long[] args) {
        long end = pointer(args[0]) + pointer(args[1]);
        for (long at = pointer(args[0]); at < end; at += RANDOM_STEP) {
            byte[] step = new byte[(int) Math.min(RANDOM_STEP, end - at)];
            call.charge(FuelPrice.working(step.length));
            random.nextBytes(step);
            call.memory().write(at, step);
        }
        return Errno.SUCCESS;
    }

    private static long describe(HostCall call, KernelFrame frame, long[] args) {
        int descriptor = (int) args[0];
        if (!isStandard(descriptor)) {
            return WasiFiles.describe(call, frame, args);
        }
        ByteBuffer status = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
        status.put(0, CHARACTER_DEVICE);
        status.putLong(8, descriptor == StandardStreams.INPUT ? MAY_READ : MAY_WRITE);
        call.memory().write(pointer(args[1]), status.array());
        return Errno.SUCCESS;
    }

    /** A guest's pointer or length: an unsigned 32-bit number. */
    static long pointer(long argument) {
        return argument & 0xFFFF_FFFFL;
    }

    static void writeInt(HostCall call, long pointer, int value) {
        call.memory()
                .write(
                        pointer(pointer),
                        ByteBuffer.allocate(4)
                                .order(ByteOrder.LITTLE_ENDIAN)
                                .putInt(value)
                                .array());
    }

    static void writeLong(HostCall call, long pointer, long value) {
        call.memory()
                .write(
                        pointer(pointer),
                        ByteBuffer.allocate(8)
                                .order(ByteOrder.LITTLE_ENDIAN)
                                .putLong(value)
                                .array());
    }
}
