package org.storysign.plugins.wasm.fuel;

import java.util.BitSet;
import java.util.List;
import java.util.Set;
import org.storysign.plugins.wasm.BinaryCursor;
import org.storysign.plugins.wasm.Opcode;
import org.storysign.plugins.wasm.ValueType;

/** Writes a module anew: with the meter's imports, globals and types behind its own, and every function rewritten. */
final class ModuleRewriter {

    private static final byte[] HEADER = {0, 'a', 's', 'm', 1, 0, 0, 0};
    private static final int METER_GLOBALS = 2;
    private static final int MUTABLE = 1;

    private final SourceModule module;
    private final CostTable costs;
    private final FunctionShift shift;
    private final MeterCode meter;
    private final AddedTypes types;
    private final IndexRewriter indices;

    ModuleRewriter(SourceModule module, CostTable costs, Set<Guard> guards) {
        this.module = module;
        this.costs = costs;
        this.shift = new FunctionShift(module.importedFunctions());
        this.meter = new MeterCode(shift, module.globals(), guards);
        this.types = new AddedTypes(module.types().size());
        this.indices = new IndexRewriter(module.bytes(), shift);
    }

    byte[] rewrite() {
        BinaryWriter globals = globals();
        BinaryWriter elements = indices.elements(module.section(SectionId.ELEMENT));
        BinaryWriter code = code();
        BinaryWriter rewritten = new BinaryWriter().copy(HEADER, 0, HEADER.length);
        for (SectionId id : SectionId.values()) {
            switch (id) {
                case TYPE -> write(id, types.section(module.section(id)), rewritten);
                case IMPORT -> write(id, imports(), rewritten);
                case GLOBAL -> write(id, globals, rewritten);
                case EXPORT -> writeIfPresent(id, indices.exports(module.section(id)), rewritten);
                case START -> {
                    if (module.has(id)) {
                        write(id, indices.start(module.section(id)), rewritten);
                    }
                }
                case ELEMENT -> writeIfPresent(id, elements, rewritten);
                case CODE -> writeIfPresent(id, code, rewritten);
                case FUNCTION, TABLE, MEMORY, DATA_COUNT, DATA ->
                    writeIfPresent(id, new BinaryWriter().rest(module.section(id)), rewritten);
            }
        }
        return rewritten.toBytes();
    }

    private void writeIfPresent(SectionId id, BinaryWriter content, BinaryWriter rewritten) {
        if (module.has(id)) {
            write(id, content, rewritten);
        }
    }

    private static void write(SectionId id, BinaryWriter content, BinaryWriter rewritten) {
        rewritten.u8(id.number()).sized(content);
    }

    private BinaryWriter imports() {
        BinaryCursor own = module.section(SectionId.IMPORT);
        int count = SourceModule.entries(own);
        BinaryWriter section =
                new BinaryWriter().unsigned(count + FunctionShift.ADDED).rest(own);
        for (String name : List.of(MeteredModule.REFILL, MeteredModule.DESCEND)) {
            section.name(MeteredModule.METER_MODULE).name(name).u8(0).unsigned(types.meterType());
        }
        return section;
    }

    private BinaryWriter globals() {
        BinaryCursor own = module.section(SectionId.GLOBAL);
        int count = SourceModule.entries(own);
        BinaryWriter section =
                new BinaryWriter().unsigned(count + METER_GLOBALS).all(indices.globals(own, count));
        for (int global = 0; global < METER_GLOBALS; global++) {
            section.u8(ValueType.I64.code()).u8(MUTABLE);
            section.opcode(Opcode.I64_CONST).signed(0).opcode(Opcode.END);
        }
        return section;
    }

    private BinaryWriter code() {
        List<FunctionBody> bodies = module.bodies();
        List<BodySurvey> surveys =
                bodies.stream().map(body -> BodySurvey.of(body, module, costs)).toList();
        BitSet referenced = indices.referenced();
        surveys.forEach(survey -> survey.references().forEach(referenced::set));
        DepthPlan depth = DepthPlan.of(module, surveys, referenced);
        BinaryWriter section = new BinaryWriter().unsigned(bodies.size());
        for (int function = 0; function < bodies.size(); function++) {
            boolean worksByLength = surveys.get(function).worksByLength();
            section.sized(new BodyRewriter(bodies.get(function), shift, meter, costs)
                    .rewrite(depth.weightOf(function), worksByLength, types));
        }
        return section;
    }
}
