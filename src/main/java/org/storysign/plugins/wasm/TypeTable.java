package org.storysign.plugins.wasm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The function types of the type section by index, and which of them look alike. Source: core spec 5.5.4. */
final class TypeTable {

    static final TypeTable EMPTY = new TypeTable(List.of(), new int[0]);

    private static final int FUNCTION = 0x60;

    private final List<FunctionType> types;
    private final int[] firstAlike;

    private TypeTable(List<FunctionType> types, int[] firstAlike) {
        this.types = types;
        this.firstAlike = firstAlike;
    }

    static TypeTable read(BinaryCursor input) {
        int count = (int) PreflightCap.TYPES.require(input.count(1), "type section");
        List<FunctionType> types = new ArrayList<>(count);
        Map<FunctionType, Integer> known = new HashMap<>();
        int[] firstAlike = new int[count];
        long values = 0;
        for (int index = 0; index < count; index++) {
            FunctionType type = readType(input, "type " + index);
            values += type.params().size() + type.results().size();
            PreflightCap.TYPE_VALUES.require(values, "type section");
            types.add(type);
            Integer first = known.putIfAbsent(type, index);
            firstAlike[index] = first == null ? index : first;
        }
        return new TypeTable(types, firstAlike);
    }

    private static FunctionType readType(BinaryCursor input, String where) {
        int at = input.position();
        int form = input.u8();
        if ((form >= 0x4E && form <= 0x50) || form == 0x5E || form == 0x5F) {
            throw RefusedFeature.GC.found("type form 0x%02X".formatted(form), where);
        }
        if (form != FUNCTION) {
            throw new MalformedModuleException(at, "unknown type form 0x%02X".formatted(form));
        }
        List<ValueType> params = readValues(input, PreflightCap.PARAMETERS, where);
        return new FunctionType(params, readValues(input, PreflightCap.RESULTS, where));
    }

    private static List<ValueType> readValues(BinaryCursor input, PreflightCap cap, String where) {
        int count = (int) cap.require(input.count(1), where);
        List<ValueType> values = new ArrayList<>(count);
        for (int index = 0; index < count; index++) {
            values.add(ValueType.read(input, where));
        }
        return values;
    }

    int size() {
        return types.size();
    }

    /** The type, or empty when there is none: the validator will say so. */
    Optional<FunctionType> find(long index) {
        return index >= 0 && index < types.size() ? Optional.of(types.get((int) index)) : Optional.empty();
    }

    /** The lowest index of a type that looks like this one; both in range. */
    int firstAlike(int index) {
        return firstAlike[index];
    }
}
