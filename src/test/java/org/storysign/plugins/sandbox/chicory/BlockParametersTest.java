package org.storysign.plugins.sandbox.chicory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.storysign.plugins.kit.TestCall;
import org.storysign.plugins.kit.TestSandbox;
import org.storysign.plugins.sandbox.CallResult;

/**
 * The interpreter of this engine loses operands below a nested block that takes two or more values, so the pre-flight reader
 * refuses those. Here every accepted shape shows that nothing is lost: a block in a block, with operands below it.
 */
@Tag("proof")
class BlockParametersTest {

    private static final int BELOW_ALL = 1_000;

    /** Blocks that take, leave and have below them this many values, within one that leaves this many. */
    private record Shape(String opcode, int taken, int left, int below, int outerLeft) {

        /** A function that ends with 0 when no operand was lost and with what is missing otherwise. */
        String wat() {
            String put = "(i32.const 7)";
            String take = "(local.set 0 (i32.add (local.get 0)))";
            String body = "(drop)".repeat(taken) + put.repeat(left);
            String inner = switch (opcode) {
                case "if" -> "(i32.const 1) (if %s (then %s) (else %s))".formatted(type(), body, body);
                default -> "(%s %s %s)".formatted(opcode, type(), body);
            };
            return """
                    (module (memory (export "memory") 1)
                      (func (export "run") (result i32) (local i32)
                        (i32.const %d)
                        (block %s %s %s %s %s)
                        %s
                        (i32.const %d)
                        (i32.sub)))""".formatted(
                            BELOW_ALL,
                            results(outerLeft),
                            put.repeat(below + taken),
                            inner,
                            take.repeat(below + left),
                            put.repeat(outerLeft),
                            take.repeat(outerLeft),
                            BELOW_ALL);
        }

        private String type() {
            return (taken == 0 ? "" : "(param i32)") + results(left);
        }

        private static String results(int count) {
            return count == 0 ? "" : "(result" + " i32".repeat(count) + ")";
        }
    }

    static Stream<Shape> shapes() {
        List<Shape> shapes = new ArrayList<>();
        for (String opcode : List.of("block", "loop", "if")) {
            for (int bits = 0; bits < 54; bits++) {
                shapes.add(new Shape(opcode, bits % 2, bits / 2 % 3, bits / 6 % 3, bits / 18));
            }
        }
        return shapes.stream();
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void an_accepted_block_loses_no_operand_on_either_engine(Shape shape) {
        for (Tiering tiering : List.of(Tiering.INTERPRETED, Tiering.COMPILED)) {
            CallResult result = TestSandbox.on(tiering).call(TestCall.of(shape.wat()));

            assertThat(result).as("%s by %s", shape, tiering).isInstanceOf(CallResult.Returned.class);
        }
    }
}
