package org.storysign.plugins.worker;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A program for the kernel that lets through what {@link SystemCalls} names and answers everything else "not permitted". Threads
 * may be made, processes not; signals go to this process alone; limits can be looked at and set for this process alone. Source:
 * the kernel's seccomp_filter.rst.
 */
final class SystemCallFilter {

    /** Bytes of an instruction: code, two jumps, a constant. */
    static final int INSTRUCTION = 8;

    private static final int LOAD = 0x20;
    private static final int IF_EQUAL = 0x15;
    private static final int IF_ANY_BIT = 0x45;
    private static final int ANSWER = 0x06;

    private static final int ALLOW = 0x7FFF0000;
    private static final int KILL = 0x80000000;
    private static final int NOT_PERMITTED = 0x00050000 | 1;

    /** The C library then uses the older call, whose flags can be seen. */
    private static final int NOT_THERE = 0x00050000 | 38;

    private static final int NUMBER = 0;
    private static final int ARCHITECTURE = 4;
    private static final int FIRST_ARGUMENT = 16;
    private static final int CLONE_THREAD = 0x00010000;

    private final ByteBuffer program = ByteBuffer.allocate(4_096).order(ByteOrder.LITTLE_ENDIAN);

    private SystemCallFilter() {}

    /** The program's bytes. {@code process} is this process's number. */
    static byte[] of(SystemCalls calls, int process) {
        return new SystemCallFilter().program(calls, process);
    }

    private byte[] program(SystemCalls calls, int process) {
        add(LOAD, 0, 0, ARCHITECTURE);
        add(IF_EQUAL, 1, 0, calls.architecture());
        answer(KILL);
        add(LOAD, 0, 0, NUMBER);
        for (int allowed : calls.allowed()) {
            add(IF_EQUAL, 0, 1, allowed);
            answer(ALLOW);
        }
        add(IF_EQUAL, 0, 1, calls.clone3());
        answer(NOT_THERE);
        allowByFirstArgument(calls.cloneThread(), IF_ANY_BIT, CLONE_THREAD);
        allowByFirstArgument(calls.signalThread(), IF_EQUAL, process);
        allowByFirstArgument(calls.limits(), IF_EQUAL, 0);
        answer(NOT_PERMITTED);
        byte[] bytes = new byte[program.position()];
        program.flip().get(bytes);
        return bytes;
    }

    private void allowByFirstArgument(int call, int test, int value) {
        add(IF_EQUAL, 0, 4, call);
        add(LOAD, 0, 0, FIRST_ARGUMENT);
        add(test, 0, 1, value);
        answer(ALLOW);
        answer(NOT_PERMITTED);
    }

    private void answer(int what) {
        add(ANSWER, 0, 0, what);
    }

    private void add(int code, int ifTrue, int ifFalse, int constant) {
        program.putShort((short) code).put((byte) ifTrue).put((byte) ifFalse).putInt(constant);
    }
}
