package org.storysign.plugins.differential;

import java.util.List;
import java.util.Random;

/** Writes code that leaves one value. Floats are made canonical wherever the specification leaves the bits of a NaN open. */
final class ExpressionWriter {

    private static final int DEEPEST = 4;
    private static final int LONGEST = 900;
    private static final int ADDRESS_MASK = 0x7FF8;
    private static final int FRAME = 64;
    private static final List<Double> DOUBLES =
            List.of(0.0, -0.0, 1.0, -1.5, 1e300, -1e-300, 4.0e9, -9.3e18, Double.POSITIVE_INFINITY, 0.1);

    private final Random random;
    private final List<Signature> functions;
    private final Locals locals;
    private final Code code;

    ExpressionWriter(Random random, List<Signature> functions, Locals locals, Code code) {
        this.random = random;
        this.functions = functions;
        this.locals = locals;
        this.code = code;
    }

    void value(Num type) {
        value(type, 0);
    }

    void constant(Num type) {
        switch (type) {
            case I32 -> code.i32(random.nextBoolean() ? random.nextInt(64) - 8 : random.nextInt());
            case I64 -> code.i64(random.nextBoolean() ? random.nextInt(64) - 8 : random.nextLong());
            case F32 -> code.f32(DOUBLES.get(random.nextInt(DOUBLES.size())).floatValue());
            case F64 -> code.f64(DOUBLES.get(random.nextInt(DOUBLES.size())));
        }
    }

    /** Inside the memory but for one in fifty. */
    void address() {
        address(2);
    }

    /** The arguments of a call, the first one less than this function's own. */
    void arguments(Signature callee) {
        arguments(callee, 2);
    }

    private void arguments(Signature callee, int depth) {
        code.op(0x20, locals.depth()).i32(1).op(0x6B);
        for (Num param : callee.params().subList(1, callee.params().size())) {
            value(param, depth + 1);
        }
    }

    private void address(int depth) {
        if (random.nextInt(3) == 0) {
            code.op(0x20, locals.framePointer());
            return;
        }
        value(Num.I32, depth + 1);
        if (random.nextInt(50) != 0) {
            code.i32(ADDRESS_MASK).op(0x71);
        }
    }

    /** An offset immediate; inside the frame where the address may be the frame pointer. */
    long offset() {
        return random.nextInt(FRAME - 8);
    }

    private void value(Num type, int depth) {
        boolean simple = depth >= DEEPEST || code.instructions() > LONGEST;
        switch (random.nextInt(simple ? 4 : 16)) {
            case 0 -> constant(type);
            case 1, 2 -> code.op(0x20, locals.variable(type, random));
            case 3 -> variable(type);
            case 4 -> load(type, depth);
            case 5 -> unary(type, depth);
            case 6 -> choice(type, depth);
            case 7 -> convert(type, depth);
            case 8 -> branch(type, depth);
            case 9 -> call(type, depth);
            case 10 -> divide(type, depth);
            case 11 -> compareOr(type, depth);
            default -> binary(type, depth);
        }
    }

    private void variable(Num type) {
        int global = CompilerLikeModule.VARIABLES.indexOf(type);
        if (global >= 0) {
            code.op(0x23, CompilerLikeModule.FIRST_VARIABLE + global);
        } else if (random.nextInt(8) == 0) {
            code.op(0x3F, 0L);
        } else {
            code.op(0x20, locals.counter(random.nextInt(Locals.LOOPS)));
        }
    }

    private void load(Num type, int depth) {
        address(depth);
        code.op(pick(type.loads()), 0, offset());
        canonical(type);
    }

    private void unary(Num type, int depth) {
        value(type, depth + 1);
        code.op(pick(type.unary()));
        canonical(type);
    }

    private void binary(Num type, int depth) {
        value(type, depth + 1);
        value(type, depth + 1);
        code.op(pick(type.binary()));
        canonical(type);
    }

    private void divide(Num type, int depth) {
        if (type.isFloat()) {
            binary(type, depth);
            return;
        }
        value(type, depth + 1);
        value(type, depth + 1);
        if (random.nextInt(30) != 0) {
            constantOne(type);
            code.op(type == Num.I32 ? 0x72 : 0x84);
        }
        code.op(pick(type.divisions()));
    }

    private void constantOne(Num type) {
        if (type == Num.I32) {
            code.i32(1);
        } else {
            code.i64(1);
        }
    }

    private void compareOr(Num type, int depth) {
        if (type != Num.I32) {
            binary(type, depth);
            return;
        }
        Num compared = Num.values()[random.nextInt(Num.values().length)];
        value(compared, depth + 1);
        value(compared, depth + 1);
        code.op(pick(compared.comparisons()));
    }

    private void choice(Num type, int depth) {
        value(type, depth + 1);
        value(type, depth + 1);
        value(Num.I32, depth + 1);
        code.op(0x1B);
    }

    private void convert(Num type, int depth) {
        boolean trapping = !type.isFloat() && random.nextInt(40) == 0;
        List<Num.Conversion> conversions = trapping ? type.trappingConversions() : type.conversions();
        Num.Conversion conversion = conversions.get(random.nextInt(conversions.size()));
        value(conversion.from(), depth + 1);
        code.op(conversion.opcode());
        canonical(type);
    }

    /** An {@code if} with a value, or a block or loop that takes one and leaves one. */
    private void branch(Num type, int depth) {
        if (type == Num.I64 && random.nextInt(3) == 0) {
            value(Num.I64, depth + 1);
            code.open(random.nextBoolean() ? 0x02 : 0x03, Signature.TURN.index());
            code.op(0x22, locals.scratch(Num.I64))
                    .op(0x20, locals.scratch(Num.I64))
                    .op(0x7C);
            code.end();
            return;
        }
        value(Num.I32, depth + 1);
        code.open(0x04, type.code() - 128);
        value(type, depth + 1);
        code.op(0x05);
        value(type, depth + 1);
        code.end();
    }

    private void call(Num type, int depth) {
        List<Integer> callees = java.util.stream.IntStream.range(0, functions.size())
                .filter(function -> functions.get(function).results().equals(List.of(type)))
                .boxed()
                .toList();
        if (callees.isEmpty() || depth > 2) {
            binary(type, depth + 1);
            return;
        }
        int callee = callees.get(random.nextInt(callees.size()));
        arguments(functions.get(callee), depth);
        code.op(0x10, callee);
    }

    /** {@code x == x ? x : NaN}, for floats. */
    private void canonical(Num type) {
        if (!type.isFloat()) {
            return;
        }
        int scratch = locals.scratch(type);
        code.op(0x22, scratch);
        if (type == Num.F32) {
            code.f32(Float.NaN);
        } else {
            code.f64(Double.NaN);
        }
        code.op(0x20, scratch)
                .op(0x20, scratch)
                .op(type == Num.F32 ? 0x5B : 0x61)
                .op(0x1B);
    }

    private int pick(List<Integer> opcodes) {
        return opcodes.get(random.nextInt(opcodes.size()));
    }
}
