package org.storysign.plugins.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.storysign.plugins.kit.WasmBytes;

/** The locals of one function: parameters, a frame pointer, a counter for each nested loop, a scratch of each type, variables. */
final class Locals {

    static final int LOOPS = 3;
    private static final int VARIABLES = 3;

    private final List<Num> params;
    private final List<Num> declared = new ArrayList<>();

    Locals(Signature signature) {
        params = signature.params();
        for (int integer = 0; integer < 1 + LOOPS; integer++) {
            declared.add(Num.I32);
        }
        declared.addAll(List.of(Num.values()));
        for (int variable = 0; variable < VARIABLES; variable++) {
            declared.addAll(List.of(Num.values()));
        }
    }

    /** How deep the function may still call. */
    int depth() {
        return 0;
    }

    int framePointer() {
        return params.size();
    }

    int counter(int loop) {
        return params.size() + 1 + loop;
    }

    /** For the moment between two instructions only. */
    int scratch(Num type) {
        return params.size() + 1 + LOOPS + type.ordinal();
    }

    int variable(Num type, Random random) {
        int which = 1 + random.nextInt(VARIABLES);
        return scratch(type) + which * Num.values().length;
    }

    /** The declaration in front of the code, a group for each. */
    WasmBytes declaration() {
        WasmBytes groups = new WasmBytes().u32(declared.size());
        declared.forEach(type -> groups.u32(1).bytes(type.code()));
        return groups;
    }
}
