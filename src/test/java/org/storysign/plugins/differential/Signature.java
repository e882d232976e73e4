package org.storysign.plugins.differential;

import java.util.List;

/** The function types of a {@link CompilerLikeModule}; a function's first parameter says how deep it may still call. */
enum Signature {
    MAIN(List.of(Num.I32), List.of(Num.I64)),
    INT(List.of(Num.I32, Num.I32), List.of(Num.I32)),
    LONG(List.of(Num.I32, Num.I64), List.of(Num.I64)),
    DOUBLE(List.of(Num.I32, Num.F64), List.of(Num.F64)),
    FLOAT(List.of(Num.I32, Num.F32, Num.F64), List.of(Num.F32)),
    PAIR(List.of(Num.I32), List.of(Num.I32, Num.I64)),
    NOTHING(List.of(Num.I32, Num.I32, Num.I64), List.of()),
    /** Of blocks only. One value, because of {@link InterpreterFaultTest}. */
    TURN(List.of(Num.I64), List.of(Num.I64)),
    /** Of blocks only: leaves two values. */
    FORK(List.of(), List.of(Num.I64, Num.I32));

    /** Those that functions have. */
    static final List<Signature> OF_FUNCTIONS = List.of(MAIN, INT, LONG, DOUBLE, FLOAT, PAIR, NOTHING);

    private final List<Num> params;
    private final List<Num> results;

    Signature(List<Num> params, List<Num> results) {
        this.params = params;
        this.results = results;
    }

    List<Num> params() {
        return params;
    }

    List<Num> results() {
        return results;
    }

    /** Its index among the module's types. */
    int index() {
        return ordinal();
    }
}
