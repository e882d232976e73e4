package org.storysign.plugins.wasm.fuel;

/** Where functions are found once the meter's imports stand behind the module's own: defined functions move up by two. */
record FunctionShift(int importedFunctions) {

    /** The imports the meter adds. */
    static final int ADDED = 2;

    long of(long function) {
        return function < importedFunctions ? function : function + ADDED;
    }

    int refill() {
        return importedFunctions;
    }

    int descend() {
        return importedFunctions + 1;
    }
}
