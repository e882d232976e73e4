package org.storysign.plugins.wasm.fuel;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.wasm.BinaryCursor;
import org.storysign.plugins.wasm.InstructionCursor;

/**
 * Decides where a function charges for its instructions. Code is cut into segments, each charged as a whole where it begins; the
 * first one (the function's entry) and each that begins a loop are also checked. Whenever control passes the beginning of a segment
 * it passes each of its instructions exactly once, unless the guest traps or never ends on the way.
 *
 * <p>A segment begins at the entry, in a loop, in both arms of an {@code if}, behind a {@code br_if}, and behind an {@code end}
 * that is reached in more than one way. But when no branch leads from inside a block, loop or {@code if} to its outside, whoever
 * enters it comes out behind its {@code end}: then the code behind it belongs to the segment before it. Code that no branch and no
 * fall-through reaches is not charged.
 *
 * <p>Every way round a loop passes its branch, so it costs at least 1 and is checked: no loop escapes.
 */
final class ChargePlanner {

    private final FunctionBody body;
    private final CostTable costs;
    private final List<Segment> segments = new ArrayList<>();
    private final List<Construct> open = new ArrayList<>();

    /** The segment the next instruction belongs to; null where no control arrives. */
    private @Nullable Segment current;

    private static final class Segment {
        private final int position;
        private final boolean checked;
        private long units;

        Segment(int position, boolean checked) {
            this.position = position;
            this.checked = checked;
        }
    }

    /** A block, loop or {@code if} whose {@code end} has not come yet, or the function itself. */
    private static final class Construct {
        private final Kind kind;
        /** The segment that leads into it; null when no control arrives there. */
        private final @Nullable Segment before;
        /** The segment at the end of an {@code if}'s first arm; null when none, or when no control arrives there. */
        private @Nullable Segment firstArm;

        private boolean hasElse;
        /** Whether a branch leads to its end. */
        private boolean branchedTo;
        /** The outermost construct a branch from inside leads to, by its place in {@link #open}. */
        private int outermostTarget = Integer.MAX_VALUE;

        Construct(Kind kind, @Nullable Segment before) {
            this.kind = kind;
            this.before = before;
        }
    }

    private enum Kind {
        BLOCK,
        LOOP,
        IF
    }

    private ChargePlanner(FunctionBody body, CostTable costs) {
        this.body = body;
        this.costs = costs;
    }

    /** The charges of a function in the order of their positions, the entry's first. */
    static List<Charge> plan(FunctionBody body, CostTable costs) {
        return new ChargePlanner(body, costs).plan();
    }

    private List<Charge> plan() {
        begin(body.codeFrom(), true);
        pay(costs.ofLocals(body.declaredLocals()));
        open.add(new Construct(Kind.BLOCK, current));
        InstructionCursor code = body.instructions();
        while (code.next()) {
            pay(costs.of(code.opcode()));
            follow(code);
        }
        return segments.stream()
                .map(segment -> new Charge(segment.position, segment.units, segment.checked))
                .toList();
    }

    private void pay(long units) {
        if (current != null) {
            current.units += units;
        }
    }

    private void begin(int position, boolean checked) {
        current = new Segment(position, checked);
        segments.add(current);
    }

    private void follow(InstructionCursor code) {
        switch (code.opcode()) {
            case BLOCK -> open.add(new Construct(Kind.BLOCK, current));
            case LOOP -> enter(Kind.LOOP, code.end());
            case IF -> enter(Kind.IF, code.end());
            case ELSE -> beginSecondArm(code.end());
            case END -> close(code.end());
            case BR -> {
                branch(code.first());
                current = null;
            }
            case BR_IF -> {
                branch(code.first());
                beginIfReached(code.end(), false);
            }
            case BR_TABLE -> {
                branchEverywhere(code);
                current = null;
            }
            case RETURN -> {
                branch(open.size() - 1);
                current = null;
            }
            case UNREACHABLE -> current = null;
            default -> {}
        }
    }

    private void enter(Kind kind, int position) {
        open.add(new Construct(kind, current));
        beginIfReached(position, kind == Kind.LOOP);
    }

    private void beginIfReached(int position, boolean checked) {
        if (current != null) {
            begin(position, checked);
        }
    }

    private void beginSecondArm(int position) {
        Construct construct = open.getLast();
        construct.firstArm = current;
        construct.hasElse = true;
        current = construct.before;
        beginIfReached(position, false);
    }

    private void branchEverywhere(InstructionCursor code) {
        BinaryCursor targets = new BinaryCursor(body.source(), code.immediateStart(), code.end());
        int count = targets.count(1);
        for (int target = 0; target <= count; target++) {
            branch(targets.u32());
        }
    }

    private void branch(long label) {
        if (current == null) {
            return;
        }
        int target = open.size() - 1 - (int) label;
        Construct innermost = open.getLast();
        innermost.outermostTarget = Math.min(innermost.outermostTarget, target);
        Construct aim = open.get(target);
        aim.branchedTo |= aim.kind != Kind.LOOP;
    }

    private void close(int position) {
        Construct closed = open.removeLast();
        if (open.isEmpty()) {
            return;
        }
        Construct around = open.getLast();
        around.outermostTarget = Math.min(around.outermostTarget, closed.outermostTarget);
        boolean escapes = closed.outermostTarget < open.size();
        continueBehind(closed, escapes, position);
    }

    private void continueBehind(Construct closed, boolean escapes, int position) {
        boolean secondArmMissing = closed.kind == Kind.IF && !closed.hasElse;
        Segment otherArm = secondArmMissing ? closed.before : closed.firstArm;
        boolean reached = current != null || otherArm != null || closed.branchedTo;
        boolean onlyByOneArm = !secondArmMissing && !closed.branchedTo && (current == null || otherArm == null);
        if (!reached) {
            current = null;
        } else if (!escapes) {
            current = closed.before;
        } else if (onlyByOneArm) {
            current = current != null ? current : otherArm;
        } else {
            begin(position, false);
        }
    }
}
