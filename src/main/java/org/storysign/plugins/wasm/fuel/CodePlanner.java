package org.storysign.plugins.wasm.fuel;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.wasm.BinaryCursor;
import org.storysign.plugins.wasm.InstructionCursor;
import org.storysign.plugins.wasm.fuel.CodePlan.Gap;

/**
 * Decides where a function charges for its instructions, and which it can do without. Code is cut into segments, each charged as a whole where it begins; the
 * first one (the function's entry) and each that begins a loop are also checked. Whenever control passes the beginning of a segment
 * it passes each of its instructions exactly once, unless the guest traps or never ends on the way.
 *
 * <p>A segment begins at the entry, in a loop, in both arms of an {@code if}, behind a {@code br_if}, and behind an {@code end}
 * that is reached in more than one way. But when no branch leads from inside a block, loop or {@code if} to its outside, whoever
 * enters it comes out behind its {@code end}: then the code behind it belongs to the segment before it. Code that no branch and no
 * fall-through reaches is left out: it costs nothing, and the engine's compiler fails on some of it.
 *
 * <p>Every way round a loop passes its branch, so it costs at least 1 and is checked: no loop escapes.
 */
final class CodePlanner {

    private final FunctionBody body;
    private final CostTable costs;
    private final List<Segment> segments = new ArrayList<>();
    private final List<Construct> open = new ArrayList<>();

    private final List<Gap> gaps = new ArrayList<>();

    /** The segment the next instruction belongs to; null where no control arrives. */
    private @Nullable Segment current;

    private boolean branchesToFunction;
    private int gapFrom;
    private boolean gapBehindEnd;

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

    private CodePlanner(FunctionBody body, CostTable costs) {
        this.body = body;
        this.costs = costs;
    }

    static CodePlan plan(FunctionBody body, CostTable costs) {
        return new CodePlanner(body, costs).plan();
    }

    private CodePlan plan() {
        begin(body.codeFrom(), true);
        pay(costs.ofLocals(body.declaredLocals()));
        open.add(new Construct(Kind.BLOCK, current));
        InstructionCursor code = body.instructions();
        while (code.next()) {
            pay(costs.of(code.opcode()));
            follow(code);
        }
        List<Charge> charges = segments.stream()
                .map(segment -> new Charge(segment.position, segment.units, segment.checked))
                .toList();
        return new CodePlan(charges, gaps, branchesToFunction);
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
            case ELSE -> beginSecondArm(code);
            case END -> close(code);
            case BR -> {
                branch(code.first());
                leave(code.end(), false);
            }
            case BR_IF -> {
                branch(code.first());
                beginIfReached(code.end(), false);
            }
            case BR_TABLE -> {
                branchEverywhere(code);
                leave(code.end(), false);
            }
            case RETURN -> {
                reach(0);
                leave(code.end(), false);
            }
            case UNREACHABLE -> leave(code.end(), false);
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

    /** Control goes elsewhere: what follows is not reached. */
    private void leave(int position, boolean behindEnd) {
        if (current != null) {
            current = null;
            gapFrom = position;
            gapBehindEnd = behindEnd;
        }
    }

    /** At the end of a construct's arm: what stood in it behind the last place that was reached. */
    private void closeGap(Construct construct, int position) {
        if (construct.before != null && current == null && gapFrom < position) {
            gaps.add(new Gap(gapFrom, position, gapBehindEnd));
        }
    }

    private void beginSecondArm(InstructionCursor code) {
        Construct construct = open.getLast();
        closeGap(construct, code.start());
        construct.firstArm = current;
        construct.hasElse = true;
        current = construct.before;
        beginIfReached(code.end(), false);
    }

    private void branchEverywhere(InstructionCursor code) {
        BinaryCursor targets = new BinaryCursor(body.source(), code.immediateStart(), code.end());
        int count = targets.count(1);
        for (int target = 0; target <= count; target++) {
            branch(targets.u32());
        }
    }

    private void branch(long label) {
        int target = open.size() - 1 - (int) label;
        branchesToFunction |= current != null && target == 0;
        reach(target);
    }

    /** Control goes from here to the construct at this place in {@link #open}. */
    private void reach(int target) {
        if (current != null) {
            Construct innermost = open.getLast();
            innermost.outermostTarget = Math.min(innermost.outermostTarget, target);
            Construct aim = open.get(target);
            aim.branchedTo |= aim.kind != Kind.LOOP;
        }
    }

    private void close(InstructionCursor code) {
        Construct closed = open.removeLast();
        closeGap(closed, code.start());
        if (open.isEmpty()) {
            return;
        }
        Construct around = open.getLast();
        around.outermostTarget = Math.min(around.outermostTarget, closed.outermostTarget);
        if (closed.before != null) {
            continueBehind(closed, closed.outermostTarget < open.size(), code.end());
        }
    }

    private void continueBehind(Construct closed, boolean escapes, int position) {
        boolean secondArmMissing = closed.kind == Kind.IF && !closed.hasElse;
        Segment otherArm = secondArmMissing ? closed.before : closed.firstArm;
        boolean reached = current != null || otherArm != null || closed.branchedTo;
        boolean byOneArmOnly = !secondArmMissing && !closed.branchedTo && (current == null || otherArm == null);
        if (!reached) {
            current = closed.before;
            leave(position, true);
        } else if (!escapes) {
            current = closed.before;
        } else if (byOneArmOnly) {
            current = current != null ? current : otherArm;
        } else {
            begin(position, false);
        }
    }
}
