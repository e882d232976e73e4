package org.storysign.plugins.wasm.fuel;

import java.util.ArrayList;
import java.util.List;
import org.storysign.plugins.wasm.BinaryCursor;
import org.storysign.plugins.wasm.FunctionType;
import org.storysign.plugins.wasm.ValueType;

/** The types the meter adds behind the module's own: that of its imports, and those of blocks with several results. */
final class AddedTypes {

    private static final FunctionType METER = FunctionType.of(List.of(), List.of());
    private static final int FUNCTION_TYPE = 0x60;

    private final int firstIndex;
    private final List<FunctionType> added = new ArrayList<>(List.of(METER));

    AddedTypes(int typesOfModule) {
        this.firstIndex = typesOfModule;
    }

    /** Index of the type of the meter's imports. */
    int meterType() {
        return firstIndex;
    }

    /** The block type of a block without parameters that gives these results. */
    long blockType(List<ValueType> results) {
        return switch (results.size()) {
            case 0 -> BlockType.EMPTY;
            case 1 -> BlockType.ofResult(results.getFirst().code());
            default -> firstIndex + indexOf(FunctionType.of(List.of(), results));
        };
    }

    private int indexOf(FunctionType type) {
        int index = added.indexOf(type);
        if (index < 0) {
            added.add(type);
            return added.size() - 1;
        }
        return index;
    }

    /** The type section: the module's own types, then the added ones. */
    BinaryWriter section(BinaryCursor own) {
        int count = SourceModule.entries(own);
        BinaryWriter section = new BinaryWriter().unsigned(count + added.size()).rest(own);
        for (FunctionType type : added) {
            section.u8(FUNCTION_TYPE);
            write(type.params(), section);
            write(type.results(), section);
        }
        return section;
    }

    private static void write(List<ValueType> types, BinaryWriter section) {
        section.unsigned(types.size());
        types.forEach(type -> section.u8(type.code()));
    }
}
