package org.storysign.plugins.wasm.scan;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.storysign.plugins.problem.GuestText;
import org.storysign.plugins.wasm.ImportedFunction;
import org.storysign.plugins.wasm.MemoryShape;
import org.storysign.plugins.wasm.ModuleContent;
import org.storysign.plugins.wasm.ModuleContent.Part;
import org.storysign.plugins.wasm.ModuleShape;
import org.storysign.plugins.wasm.TableShape;
import org.storysign.plugins.wasm.WasmModule;

/** Gathers a module's {@link ModuleFacts}: once over its bytes, with one copy of a part at a time. Safe for concurrent use. */
public final class FactFinder {

    private FactFinder() {}

    public static ModuleFacts facts(WasmModule module) {
        EmbeddedTexts texts = new EmbeddedTexts();
        DataDensity density = new DataDensity();
        List<Part> parts = ModuleContent.of(module);
        parts.forEach(part -> look(part, texts, density));
        ModuleShape shape = module.shape();
        return new ModuleFacts(
                ModuleFacts.CURRENT,
                module.binary().size(),
                shape.functions(),
                shape.hasStart(),
                shape.memory().map(MemoryShape::minimumPages).orElse(0L),
                shape.memory().map(MemoryShape::maximumPages).orElse(OptionalLong.empty()),
                shape.table().map(TableShape::minimum).orElse(0L),
                shape.imports().stream()
                        .map(ImportedFunction::qualifiedName)
                        .distinct()
                        .sorted()
                        .toList(),
                density.over((int) parts.stream()
                        .filter(Part.DataSegment.class::isInstance)
                        .count()),
                texts.secrets(),
                texts.moreSecrets(),
                texts.hosts(),
                texts.moreHosts(),
                producers(parts));
    }

    private static void look(Part part, EmbeddedTexts texts, DataDensity density) {
        byte[] bytes = part.bytes().copy().take(part.bytes().remaining());
        switch (part) {
            case Part.DataSegment segment -> {
                density.add(bytes);
                texts.look("data segment " + segment.index(), part.offset(), bytes);
            }
            case Part.CustomSection section ->
                texts.look("custom section " + GuestText.quote(section.name()), part.offset(), bytes);
        }
    }

    private static List<String> producers(List<Part> parts) {
        Optional<Part> section = parts.stream()
                .filter(part -> part instanceof Part.CustomSection custom
                        && custom.name().equals(Producers.SECTION))
                .findFirst();
        return section.map(part -> Producers.read(part.bytes().copy())).orElse(List.of());
    }
}
