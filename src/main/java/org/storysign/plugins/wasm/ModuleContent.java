package org.storysign.plugins.wasm;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What a module carries beside its code: data segments and custom sections, as bytes. */
public final class ModuleContent {

    private static final int HEADER = 8;
    private static final int PASSIVE = 0x01;
    private static final int EXPLICIT_INDEX = 0x02;

    private ModuleContent() {}

    /** A stretch of a module's bytes. */
    public sealed interface Part {

        /** The bytes. Each caller moves a cursor of its own ({@link BinaryCursor#copy}). */
        BinaryCursor bytes();

        /** Where {@link #bytes} begin in the module. */
        default int offset() {
            return bytes().position();
        }

        /** What is put into the guest's memory. */
        record DataSegment(int index, BinaryCursor bytes) implements Part {}

        /** What is for tools; {@code name} is guest text. */
        record CustomSection(String name, BinaryCursor bytes) implements Part {}
    }

    /** In the module's order. Nothing is copied. */
    public static List<Part> of(WasmModule module) {
        List<Part> parts = new ArrayList<>();
        BinaryCursor input = module.binary().cursor();
        input.skip(HEADER);
        while (!input.atEnd()) {
            Section section = Section.of(input.u8()).orElseThrow();
            BinaryCursor content = input.slice(input.u32());
            if (section == Section.CUSTOM) {
                String name = new String(content.take(content.u32()), StandardCharsets.UTF_8);
                parts.add(new Part.CustomSection(name, content));
            } else if (section == Section.DATA) {
                readSegments(content, parts);
            }
        }
        return parts;
    }

    private static void readSegments(BinaryCursor content, List<Part> parts) {
        int count = content.count(2);
        for (int index = 0; index < count; index++) {
            long flags = content.u32();
            if (flags == EXPLICIT_INDEX) {
                content.u32();
            }
            if (flags != PASSIVE) {
                ConstantExpression.skip(content, "data segment " + index);
            }
            parts.add(new Part.DataSegment(index, content.slice(content.u32())));
        }
    }
}
