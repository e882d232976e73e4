package org.storysign.plugins.wasm;

import java.util.List;
import java.util.Optional;

/** Which type each function has, imported ones first. Source: core spec 5.5.5 and 5.5.6. */
final class FunctionTable {

    private final TypeTable types;
    private final int[] importedTypes;
    private final int[] definedTypes;

    private FunctionTable(TypeTable types, int[] importedTypes, int[] definedTypes) {
        this.types = types;
        this.importedTypes = importedTypes;
        this.definedTypes = definedTypes;
    }

    /** Only imports so far. */
    static FunctionTable of(TypeTable types, List<Outline.Import> imports) {
        int[] imported = imports.stream().mapToInt(Outline.Import::type).toArray();
        return new FunctionTable(types, imported, new int[0]);
    }

    /** With what the function section defines; refuses more than {@code most} functions. */
    FunctionTable define(BinaryCursor input, int most) {
        int count = input.count(1);
        if (count > most) {
            throw new RejectedModuleException(
                    "cap-functions",
                    "function section",
                    "found " + count + " functions, at most " + most
                            + " are accepted at this security level; split the module, build with optimisation or strip what"
                            + " is not called");
        }
        int[] defined = new int[count];
        for (int index = 0; index < count; index++) {
            defined[index] = index(input.u32());
        }
        FunctionTable table = new FunctionTable(types, importedTypes, defined);
        table.requireFewAlike();
        return table;
    }

    /** The index as an int; one that no type can have becomes -1. */
    static int index(long unsigned) {
        return unsigned > Integer.MAX_VALUE ? -1 : (int) unsigned;
    }

    private void requireFewAlike() {
        int[] functionsOfShape = new int[types.size()];
        for (int type : definedTypes) {
            if (types.find(type).isPresent()) {
                functionsOfShape[types.firstAlike(type)]++;
            }
        }
        long pairs = 0;
        for (int type = 0; type < types.size(); type++) {
            pairs += functionsOfShape[types.firstAlike(type)];
        }
        PreflightCap.SAME_TYPE_PAIRS.require(pairs, "type section");
    }

    TypeTable types() {
        return types;
    }

    int imported() {
        return importedTypes.length;
    }

    int defined() {
        return definedTypes.length;
    }

    /** The type of a function, or empty when there is no such function or type: the validator will say so. */
    Optional<FunctionType> typeOf(long function) {
        if (function < 0 || function >= (long) importedTypes.length + definedTypes.length) {
            return Optional.empty();
        }
        int index = (int) function;
        return types.find(
                index < importedTypes.length ? importedTypes[index] : definedTypes[index - importedTypes.length]);
    }
}
