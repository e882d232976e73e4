package org.storysign.plugins.worker;

import java.util.Locale;
import java.util.Optional;

/**
 * The numbers of what a worker's Java machine still needs of the system once everything is loaded: memory, threads, time, and the
 * files it has open. Sources: the kernel's tables of x86-64 and of the generic numbers that arm64 uses.
 *
 * @param architecture as the kernel names it to a filter ({@code AUDIT_ARCH_…})
 * @param seccomp the call that installs a filter
 * @param allowed calls that are harmless whatever their arguments
 * @param cloneThread makes a process or a thread, by its flags
 * @param clone3 the same with flags that a filter cannot see
 * @param signalThread {@code tgkill}
 * @param limits {@code prlimit64}
 */
record SystemCalls(
        int architecture, int seccomp, int[] allowed, int cloneThread, int clone3, int signalThread, int limits) {

    private static final SystemCalls X86_64 = new SystemCalls(
            0xC000003E,
            317,
            new int[] {
                0, // read
                1, // write
                3, // close
                5, // fstat
                7, // poll
                8, // lseek
                9, // mmap
                10, // mprotect
                11, // munmap
                12, // brk
                13, // rt_sigaction
                14, // rt_sigprocmask
                15, // rt_sigreturn
                17, // pread64
                19, // readv
                20, // writev
                24, // sched_yield
                25, // mremap
                27, // mincore
                28, // madvise
                35, // nanosleep
                39, // getpid
                60, // exit
                72, // fcntl
                96, // gettimeofday
                97, // getrlimit
                98, // getrusage
                99, // sysinfo
                100, // times
                102, // getuid
                110, // getppid
                131, // sigaltstack
                157, // prctl
                158, // arch_prctl
                186, // gettid
                202, // futex
                204, // sched_getaffinity
                218, // set_tid_address
                219, // restart_syscall
                228, // clock_gettime
                229, // clock_getres
                230, // clock_nanosleep
                231, // exit_group
                271, // ppoll
                273, // set_robust_list
                309, // getcpu
                318, // getrandom
                324, // membarrier
                334, // rseq
                449, // futex_waitv
            },
            56,
            435,
            234,
            302);

    private static final SystemCalls ARM64 = new SystemCalls(
            0xC00000B7,
            277,
            new int[] {
                25, // fcntl
                57, // close
                62, // lseek
                63, // read
                64, // write
                65, // readv
                66, // writev
                67, // pread64
                73, // ppoll
                80, // fstat
                93, // exit
                94, // exit_group
                96, // set_tid_address
                98, // futex
                99, // set_robust_list
                101, // nanosleep
                113, // clock_gettime
                114, // clock_getres
                115, // clock_nanosleep
                123, // sched_getaffinity
                124, // sched_yield
                128, // restart_syscall
                132, // sigaltstack
                134, // rt_sigaction
                135, // rt_sigprocmask
                139, // rt_sigreturn
                153, // times
                163, // getrlimit
                165, // getrusage
                167, // prctl
                168, // getcpu
                169, // gettimeofday
                172, // getpid
                173, // getppid
                174, // getuid
                178, // gettid
                179, // sysinfo
                214, // brk
                215, // munmap
                216, // mremap
                222, // mmap
                226, // mprotect
                232, // mincore
                233, // madvise
                278, // getrandom
                283, // membarrier
                293, // rseq
                449, // futex_waitv
            },
            220,
            435,
            131,
            261);

    /** Of this machine, when it is a Linux whose numbers are known. */
    static Optional<SystemCalls> ofThisMachine() {
        if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).equals("linux")) {
            return Optional.empty();
        }
        return switch (System.getProperty("os.arch")) {
            case "amd64", "x86_64" -> Optional.of(X86_64);
            case "aarch64" -> Optional.of(ARM64);
            default -> Optional.empty();
        };
    }
}
