package org.storysign.plugins.worker;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * Shuts this process in, for good and with all its threads: no file can be opened, no connection or process made, no other process
 * looked at or signalled. To be called when everything that will be needed is loaded.
 */
final class Confinement {

    private static final int PR_SET_NO_NEW_PRIVS = 38;
    private static final long SECCOMP_SET_MODE_FILTER = 1;
    private static final long ALL_THREADS = 1;

    private static final Linker LINKER = Linker.nativeLinker();

    private Confinement() {}

    /** Whether it could be done; this process is as it was when not. */
    static boolean apply() {
        Optional<SystemCalls> calls = SystemCalls.ofThisMachine();
        if (calls.isEmpty()) {
            return false;
        }
        try {
            return noNewPrivileges() && filter(calls.get());
        } catch (Throwable notOffered) {
            System.getLogger(Confinement.class.getName()).log(System.Logger.Level.DEBUG, "not confined", notOffered);
            return false;
        }
    }

    private static boolean noNewPrivileges() throws Throwable {
        MethodHandle prctl = LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow("prctl"),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_LONG),
                Linker.Option.firstVariadicArg(1));
        return (int) prctl.invokeExact(PR_SET_NO_NEW_PRIVS, 1L, 0L, 0L, 0L) == 0;
    }

    private static boolean filter(SystemCalls calls) throws Throwable {
        MethodHandle syscall = LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow("syscall"),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.ADDRESS),
                Linker.Option.firstVariadicArg(1));
        byte[] program =
                SystemCallFilter.of(calls, (int) ProcessHandle.current().pid());
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment instructions = arena.allocate(program.length, Long.BYTES);
            MemorySegment.copy(program, 0, instructions, ValueLayout.JAVA_BYTE, 0, program.length);
            MemorySegment header = arena.allocate(MemoryLayout.structLayout(
                    ValueLayout.JAVA_SHORT, MemoryLayout.paddingLayout(6), ValueLayout.ADDRESS));
            header.set(ValueLayout.JAVA_SHORT, 0, (short) (program.length / SystemCallFilter.INSTRUCTION));
            header.set(ValueLayout.ADDRESS, 8, instructions);
            return (long) syscall.invokeExact((long) calls.seccomp(), SECCOMP_SET_MODE_FILTER, ALL_THREADS, header)
                    == 0;
        }
    }
}
