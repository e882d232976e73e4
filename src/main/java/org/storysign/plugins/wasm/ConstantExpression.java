package org.storysign.plugins.wasm;

/** Walks over the short code that computes a global's or an offset's value. Source: core spec 3.3.10 and 5.4.9. */
final class ConstantExpression {

    private ConstantExpression() {}

    /** Moves behind the {@code end} of the expression. Whether it is constant is for the validator. */
    static void skip(BinaryCursor input, String where) {
        InstructionCursor code = new InstructionCursor(input);
        long count = 0;
        while (true) {
            Instructions.read(input, code, where);
            if (code.opcode() == Opcode.END) {
                return;
            }
            if (code.opensBlock()) {
                throw new MalformedModuleException(code.start(), "block in a constant expression");
            }
            PreflightCap.CONSTANT_INSTRUCTIONS.require(++count, where);
        }
    }
}
