package org.storysign.plugins.wasm;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.storysign.plugins.limits.CodeLimits;

/** One walk over the sections of one module, in order, each exactly as long as it says. Source: core spec 5.5. */
final class SectionWalk {

    private static final long MAGIC = 0x6D736100;
    private static final int MODULE_VERSION = 1;
    private static final int COMPONENT_LAYER = 1;
    private static final int NONE = -1;

    private final BinaryCursor input;
    private final CodeLimits limits;
    private Section last = Section.CUSTOM;
    private long customSections;
    private TypeTable types = TypeTable.EMPTY;
    private List<Outline.Import> imports = List.of();
    private FunctionTable functions = FunctionTable.of(types, imports);
    private Optional<TableShape> table = Optional.empty();
    private Optional<MemoryShape> memory = Optional.empty();
    private List<Boolean> globals = List.of();
    private List<Outline.Export> exports = List.of();
    private OptionalLong start = OptionalLong.empty();
    private int bodies;
    private long declaredData = NONE;
    private long dataSegments;
    private Optional<BinaryCursor> names = Optional.empty();

    SectionWalk(BinaryCursor input, CodeLimits limits) {
        this.input = input;
        this.limits = limits;
    }

    Outline walk() {
        readHeader();
        while (!input.atEnd()) {
            readSection();
        }
        requireAgreement();
        return new Outline(functions, imports, exports, memory, table, globals, start, names);
    }

    private void readHeader() {
        if (input.remaining() < 8 || little(4) != MAGIC) {
            throw new MalformedModuleException(0, "does not begin with a WebAssembly header");
        }
        int version = (int) little(2);
        int layer = (int) little(2);
        if (layer == COMPONENT_LAYER) {
            throw RefusedFeature.COMPONENTS.found("a component", "header");
        }
        if (version != MODULE_VERSION || layer != 0) {
            throw new MalformedModuleException(4, "is of version " + version + ", expected " + MODULE_VERSION);
        }
    }

    private long little(int bytes) {
        long value = 0;
        for (int index = 0; index < bytes; index++) {
            value |= (long) input.u8() << (8 * index);
        }
        return value;
    }

    private void readSection() {
        int at = input.position();
        int id = input.u8();
        Section section = Section.of(id).orElseThrow(() -> new MalformedModuleException(at, "unknown section " + id));
        if (!section.mayFollow(last)) {
            throw new MalformedModuleException(
                    at, section.title() + " section stands behind the " + last.title() + " section or twice");
        }
        if (section != Section.CUSTOM) {
            last = section;
        }
        BinaryCursor content = input.slice(input.u32());
        read(section, content);
        if (!content.atEnd()) {
            throw new MalformedModuleException(
                    content.position(),
                    section.title() + " section is " + content.remaining() + " bytes longer than what it holds");
        }
    }

    private void read(Section section, BinaryCursor content) {
        switch (section) {
            case CUSTOM -> readCustom(content);
            case TYPE -> readTypes(content);
            case IMPORT -> readImports(content);
            case FUNCTION -> functions = functions.define(content, limits.functions());
            case TABLE -> table = Declarations.readTable(content);
            case MEMORY -> memory = Declarations.readMemory(content);
            case TAG -> throw RefusedFeature.EXCEPTION_HANDLING.found("a tag section", "tag section");
            case GLOBAL -> globals = Declarations.readGlobals(content);
            case EXPORT -> exports = Declarations.readExports(content);
            case START -> start = OptionalLong.of(content.u32());
            case ELEMENT -> Segments.readElements(content);
            case DATA_COUNT -> declaredData = content.u32();
            case CODE -> readCode(content);
            case DATA -> dataSegments = Segments.readData(content);
        }
    }

    private void readTypes(BinaryCursor content) {
        types = TypeTable.read(content);
        functions = FunctionTable.of(types, imports);
    }

    private void readImports(BinaryCursor content) {
        imports = Declarations.readImports(content);
        functions = FunctionTable.of(types, imports);
    }

    private void readCustom(BinaryCursor content) {
        PreflightCap.CUSTOM_SECTIONS.require(++customSections, "custom sections");
        String name = Names.read(content, "custom section");
        if (name.equals("name")) {
            names = Optional.of(content.slice(content.remaining()));
        }
        content.skip(content.remaining());
    }

    private void readCode(BinaryCursor content) {
        bodies = content.count(2);
        requireBodies(content.position());
        CodeTally tally = new CodeTally(limits.moduleSize().bytes() / 2);
        BodyReader reader = new BodyReader(types, functions, declaredData != NONE, tally);
        for (int index = 0; index < bodies; index++) {
            reader.read(content.slice(content.u32()), functions.imported() + index);
        }
    }

    private void requireBodies(int at) {
        if (bodies != functions.defined()) {
            throw new MalformedModuleException(
                    at, "declares " + functions.defined() + " functions, but has code for " + bodies);
        }
    }

    private void requireAgreement() {
        requireBodies(input.end());
        if (declaredData != NONE && declaredData != dataSegments) {
            throw new MalformedModuleException(
                    input.end(), "declares " + declaredData + " data segments, but has " + dataSegments);
        }
    }
}
