package org.storysign.plugins.wasm.fuel;

import org.storysign.plugins.wasm.BinaryCursor;
import org.storysign.plugins.wasm.FunctionType;
import org.storysign.plugins.wasm.InstructionCursor;

/**
 * The code of one defined function, where it stands in its module.
 *
 * @param source the whole module
 * @param localsFrom where its groups of locals begin, behind their number
 * @param localGroups how many groups of locals it declares
 * @param declaredLocals how many locals these are, parameters not counted
 * @param codeFrom where its first instruction begins
 * @param to behind its last {@code end}
 */
@SuppressWarnings("ArrayRecordComponent") // the module's own array, shared by all its functions and never changed
record FunctionBody(
        byte[] source, FunctionType type, int localsFrom, int localGroups, long declaredLocals, int codeFrom, int to) {

    static FunctionBody read(byte[] source, int from, int to, FunctionType type) {
        BinaryCursor cursor = new BinaryCursor(source, from, to);
        int groups = cursor.count(1);
        int localsFrom = cursor.position();
        long declared = 0;
        for (int group = 0; group < groups; group++) {
            declared += cursor.u32();
            cursor.skip(1);
        }
        return new FunctionBody(source, type, localsFrom, groups, declared, cursor.position(), to);
    }

    /** Walks over its instructions from the first. */
    InstructionCursor instructions() {
        return new InstructionCursor(new BinaryCursor(source, codeFrom, to));
    }

    /** Parameters and declared locals. */
    long locals() {
        return type.params().size() + declaredLocals;
    }
}
