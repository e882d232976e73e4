package org.storysign.plugins.abi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.storysign.plugins.kit.TestCall;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.sandbox.CallResult;
import org.storysign.plugins.sandbox.GuestFiles;

/** Whatever comes to a guest's mind as arguments of a function for files. */
class HostileFileArgumentsTest extends FileGuests {

    private static final int TRIES = 1_000;

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
}
