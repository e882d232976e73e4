package org.storysign.plugins.wasm.fuel;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.storysign.plugins.wasm.BinaryCursor;
import org.storysign.plugins.wasm.FunctionType;
import org.storysign.plugins.wasm.ValueType;
import org.storysign.plugins.wasm.WasmBinary;

/**
 * A valid module taken apart as far as rewriting it needs: its sections (custom ones left out), types, the type of each function,
 * and the bodies of the functions it defines. Whatever validation has ruled out is an {@link IllegalStateException} here.
 */
final class SourceModule {

    private static final int CUSTOM_SECTION = 0;
    private static final int HEADER = 8;
    private static final int FUNCTION_TYPE = 0x60;
    private static final int IMPORTED_GLOBAL = 3;

    private final byte[] bytes;
    private final Map<SectionId, Range> sections = new EnumMap<>(SectionId.class);
    private final List<FunctionType> types = new ArrayList<>();
    private final List<Integer> typeOfFunction = new ArrayList<>();
    private final List<FunctionBody> bodies = new ArrayList<>();
    private int importedFunctions;
    private int globals;

    /** The bytes {@code [from, to)} of the module. */
    private record Range(int from, int to) {}

    SourceModule(WasmBinary binary) {
        this.bytes = binary.toBytes();
        splitIntoSections();
        readTypes();
        readImports();
        readFunctions();
        globals += entries(section(SectionId.GLOBAL));
        readBodies();
    }

    byte[] bytes() {
        return bytes;
    }

    boolean has(SectionId id) {
        return sections.containsKey(id);
    }

    /** A new cursor over a section's content; over nothing when the module does not have it. */
    BinaryCursor section(SectionId id) {
        Range range = sections.getOrDefault(id, new Range(0, 0));
        return new BinaryCursor(bytes, range.from, range.to);
    }

    /** How many entries a section has; moves behind the number. None when there is no such section. */
    static int entries(BinaryCursor section) {
        return section.atEnd() ? 0 : section.count(1);
    }

    List<FunctionType> types() {
        return types;
    }

    /** Functions that are imported; they come first in the index space. */
    int importedFunctions() {
        return importedFunctions;
    }

    /** Functions, imported and defined. */
    int functions() {
        return typeOfFunction.size();
    }

    /** Globals, imported and defined. */
    int globals() {
        return globals;
    }

    /** Index of a function's type. */
    int typeIndexOf(int function) {
        return typeOfFunction.get(function);
    }

    FunctionType typeOf(int function) {
        return types.get(typeOfFunction.get(function));
    }

    /** The bodies of the defined functions, in order. */
    List<FunctionBody> bodies() {
        return bodies;
    }

    private void splitIntoSections() {
        BinaryCursor module = new BinaryCursor(bytes, HEADER, bytes.length);
        while (!module.atEnd()) {
            int number = module.u8();
            long length = module.u32();
            int from = module.position();
            module.skip(length);
            if (number != CUSTOM_SECTION) {
                sections.put(SectionId.of(number), new Range(from, module.position()));
            }
        }
    }

    private void readTypes() {
        BinaryCursor section = section(SectionId.TYPE);
        int count = entries(section);
        for (int type = 0; type < count; type++) {
            int form = section.u8();
            if (form != FUNCTION_TYPE) {
                throw new IllegalStateException("a scanned module has a type of the form " + form);
            }
            types.add(FunctionType.of(valueTypes(section), valueTypes(section)));
        }
    }

    private static List<ValueType> valueTypes(BinaryCursor section) {
        int count = section.count(1);
        List<ValueType> types = new ArrayList<>(count);
        for (int value = 0; value < count; value++) {
            int code = section.u8();
            types.add(ValueType.of(code)
                    .orElseThrow(() -> new IllegalStateException("a scanned module has a value type " + code)));
        }
        return types;
    }

    private void readImports() {
        BinaryCursor section = section(SectionId.IMPORT);
        int count = entries(section);
        for (int entry = 0; entry < count; entry++) {
            section.skip(section.u32());
            section.skip(section.u32());
            readImportDescription(section);
        }
        importedFunctions = typeOfFunction.size();
    }

    private void readImportDescription(BinaryCursor section) {
        int kind = section.u8();
        switch (kind) {
            case 0 -> typeOfFunction.add((int) section.u32());
            case 1 -> {
                section.skip(1);
                skipLimits(section);
            }
            case 2 -> skipLimits(section);
            case IMPORTED_GLOBAL -> {
                section.skip(2);
                globals++;
            }
            default -> throw new IllegalStateException("a scanned module has an import of the kind " + kind);
        }
    }

    private static void skipLimits(BinaryCursor section) {
        boolean hasMaximum = (section.u8() & 1) != 0;
        section.u64();
        if (hasMaximum) {
            section.u64();
        }
    }

    private void readFunctions() {
        BinaryCursor section = section(SectionId.FUNCTION);
        int count = entries(section);
        for (int function = 0; function < count; function++) {
            typeOfFunction.add((int) section.u32());
        }
    }

    private void readBodies() {
        BinaryCursor section = section(SectionId.CODE);
        int count = entries(section);
        for (int body = 0; body < count; body++) {
            long length = section.u32();
            int from = section.position();
            section.skip(length);
            bodies.add(FunctionBody.read(bytes, from, section.position(), typeOf(importedFunctions + body)));
        }
    }
}
