package org.storysign.plugins.kit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A module put together by hand, for what the text format cannot say. Entries of a section are counted; sections come out in
 * their order, custom ones last. It does not check anything.
 */
public final class ModuleBuilder {

    public static final int I32 = 0x7F;
    public static final int I64 = 0x7E;
    public static final int END = 0x0B;

    /** The order of the sections: data count stands before code. */
    private static final List<Integer> ORDER = List.of(1, 2, 3, 4, 5, 13, 6, 7, 8, 9, 12, 10, 11);

    private final Map<Integer, List<WasmBytes>> entries = new TreeMap<>();
    private final Map<Integer, WasmBytes> raw = new TreeMap<>();
    private final WasmBytes customs = new WasmBytes();

    /** Magic and version alone. */
    public static WasmBytes header() {
        return WasmBytes.of(0x00, 0x61, 0x73, 0x6D, 0x01, 0x00, 0x00, 0x00);
    }

    /** A section whose content is given, count and all. */
    public ModuleBuilder section(int id, WasmBytes content) {
        raw.put(id, content);
        return this;
    }

    /** One more entry of a counted section. */
    public ModuleBuilder entry(int section, WasmBytes entry) {
        entries.computeIfAbsent(section, id -> new ArrayList<>()).add(entry);
        return this;
    }

    public ModuleBuilder custom(String name, WasmBytes content) {
        customs.bytes(0).sized(new WasmBytes().name(name).bytes(content));
        return this;
    }

    /** A function type; codes such as {@link #I32}. */
    public ModuleBuilder type(List<Integer> params, List<Integer> results) {
        WasmBytes type = WasmBytes.of(0x60).u32(params.size());
        params.forEach(type::bytes);
        type.u32(results.size());
        results.forEach(type::bytes);
        return entry(1, type);
    }

    public ModuleBuilder importFunction(String module, String name, int type) {
        return entry(2, new WasmBytes().name(module).name(name).bytes(0x00).u32(type));
    }

    /** A function without locals; the code is given with its last {@link #END}. */
    public ModuleBuilder function(int type, WasmBytes code) {
        return function(type, WasmBytes.of(0x00), code);
    }

    /** A function with its declaration of locals, count and all. */
    public ModuleBuilder function(int type, WasmBytes locals, WasmBytes code) {
        entry(3, new WasmBytes().u32(type));
        return entry(10, new WasmBytes().sized(new WasmBytes().bytes(locals).bytes(code)));
    }

    public ModuleBuilder table(long minimum) {
        return entry(4, WasmBytes.of(0x70, 0x00).u32(minimum));
    }

    public ModuleBuilder memory(long minimumPages) {
        return entry(5, WasmBytes.of(0x00).u32(minimumPages));
    }

    public ModuleBuilder memory(long minimumPages, long maximumPages) {
        return entry(5, WasmBytes.of(0x01).u32(minimumPages).u32(maximumPages));
    }

    /** An immutable i32 global of value 0. */
    public ModuleBuilder global() {
        return entry(6, WasmBytes.of(I32, 0x00, 0x41, 0x00, END));
    }

    /** An export; kinds: 0 function, 1 table, 2 memory, 3 global. */
    public ModuleBuilder export(String name, int kind, int index) {
        return entry(7, new WasmBytes().name(name).bytes(kind).u32(index));
    }

    public byte[] toBytes() {
        WasmBytes module = header();
        for (int id : ORDER) {
            if (raw.containsKey(id)) {
                module.bytes(id).sized(raw.get(id));
            } else if (entries.containsKey(id)) {
                WasmBytes content = new WasmBytes().u32(entries.get(id).size());
                entries.get(id).forEach(content::bytes);
                module.bytes(id).sized(content);
            }
        }
        return module.bytes(customs).toBytes();
    }
}
