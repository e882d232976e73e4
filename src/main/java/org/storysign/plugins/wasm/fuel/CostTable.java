package org.storysign.plugins.wasm.fuel;

import static org.storysign.plugins.wasm.Opcode.BLOCK;
import static org.storysign.plugins.wasm.Opcode.ELSE;
import static org.storysign.plugins.wasm.Opcode.END;
import static org.storysign.plugins.wasm.Opcode.LOOP;
import static org.storysign.plugins.wasm.Opcode.MEMORY_COPY;
import static org.storysign.plugins.wasm.Opcode.MEMORY_FILL;
import static org.storysign.plugins.wasm.Opcode.MEMORY_GROW;
import static org.storysign.plugins.wasm.Opcode.MEMORY_INIT;
import static org.storysign.plugins.wasm.Opcode.NOP;
import static org.storysign.plugins.wasm.Opcode.TABLE_COPY;
import static org.storysign.plugins.wasm.Opcode.TABLE_FILL;
import static org.storysign.plugins.wasm.Opcode.TABLE_GROW;
import static org.storysign.plugins.wasm.Opcode.TABLE_INIT;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.storysign.plugins.wasm.Opcode;

/**
 * What running a module costs, in units of fuel. An instruction costs 1 unless it is free; one that works on as many bytes, pages
 * or entries as its last operand says (unsigned) costs a {@link LengthCost} besides; entering a function costs its declared locals
 * (not its parameters) divided by {@link #localsPerUnit}, because they must be cleared.
 *
 * <p>The version changes with every change of a cost: the same module and input cost the same under the same version.
 *
 * @param free instructions that cost nothing; they leave no trace in machine code
 * @param byLength what instructions cost besides, by their last operand
 * @param localsPerUnit declared locals that cost one unit, 1 or more; a remainder is free
 */
public record CostTable(int version, Set<Opcode> free, Map<Opcode, LengthCost> byLength, int localsPerUnit) {

    /** The costs in force. */
    public static final CostTable CURRENT = new CostTable(
            1,
            Set.of(BLOCK, LOOP, ELSE, END, NOP),
            Map.of(
                    MEMORY_FILL, new LengthCost("bytes", 1, 8),
                    MEMORY_COPY, new LengthCost("bytes", 1, 8),
                    MEMORY_INIT, new LengthCost("bytes", 1, 8),
                    MEMORY_GROW, new LengthCost("pages", 8_192, 1),
                    TABLE_FILL, new LengthCost("entries", 1, 1),
                    TABLE_COPY, new LengthCost("entries", 1, 1),
                    TABLE_INIT, new LengthCost("entries", 1, 1),
                    TABLE_GROW, new LengthCost("entries", 1, 1)),
            8);

    public CostTable {
        free = Set.copyOf(free);
        byLength = Map.copyOf(byLength);
        if (localsPerUnit < 1) {
            throw new IllegalArgumentException("a unit must pay for at least one local, not " + localsPerUnit);
        }
    }

    /**
     * Units that depend on a length, rounded down.
     *
     * @param of what the length counts, such as {@code bytes}
     * @param units paid for every {@code per}, 1 to 65,536 so that no length can overflow the counter
     */
    public record LengthCost(String of, int units, int per) {

        public LengthCost {
            if (units < 1 || units > 65_536 || per < 1) {
                throw new IllegalArgumentException(units + " units for every " + per + " are not a cost");
            }
        }

        @Override
        public String toString() {
            boolean divides = units == 1 && per > 1;
            return String.format(Locale.ROOT, divides ? "%s / %,d" : "%s × %,d", of, divides ? per : units);
        }
    }

    /** Units an instruction costs whenever it runs. */
    public int of(Opcode opcode) {
        return free.contains(opcode) ? 0 : 1;
    }

    /** What it costs besides, by its last operand. */
    public Optional<LengthCost> byLength(Opcode opcode) {
        return Optional.ofNullable(byLength.get(opcode));
    }

    /** Units that entering a function with so many declared locals costs. */
    public long ofLocals(long declaredLocals) {
        return declaredLocals / localsPerUnit;
    }

    /** The table as people read it, in Markdown; the copies in the documentation are compared with this. */
    public String toMarkdown() {
        StringBuilder table = new StringBuilder(
                "| what runs (cost table version %d) | units of fuel |\n|---|---|\n".formatted(version));
        row(table, mnemonics(free), "0");
        byLength.keySet().stream()
                .sorted()
                .forEach(opcode -> row(table, "`" + opcode.mnemonic() + "`", "1 + " + byLength.get(opcode)));
        row(table, "any other instruction", "1");
        row(table, "entering a function", "declared locals / " + localsPerUnit);
        return table.toString();
    }

    private static void row(StringBuilder table, String what, String units) {
        table.append("| ").append(what).append(" | ").append(units).append(" |\n");
    }

    private static String mnemonics(Set<Opcode> opcodes) {
        return opcodes.stream()
                .sorted()
                .map(opcode -> "`" + opcode.mnemonic() + "`")
                .collect(Collectors.joining(", "));
    }
}
