package org.storysign.plugins.problem;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Collects what is wrong with a document, so that its author learns of everything at once. Used by one thread. */
public final class Violations {

    /** More than these tell nobody anything. */
    static final int MOST = 100;

    private final List<Violation> found = new ArrayList<>();

    public void add(String pointer, String detail) {
        if (found.size() < MOST) {
            found.add(new Violation(pointer, detail));
        }
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    public int count() {
        return found.size();
    }

    public List<Violation> list() {
        return List.copyOf(found);
    }

    /** Refuses the document if anything was found; {@code what} begins the sentence, such as "the manifest". */
    public void refuse(ProblemCode code, String what) {
        if (!found.isEmpty()) {
            throw exception(code, what);
        }
    }

    /** The refusal itself. */
    public ProblemException exception(ProblemCode code, String what) {
        Violation first = found.getFirst();
        String place = first.pointer().isEmpty() ? "" : " at " + GuestText.quote(first.pointer());
        String others = found.size() == 1 ? "" : " (and " + (found.size() - 1) + " more)";
        return new ProblemException(
                code, what + " is not valid" + place + ": " + first.detail() + others, Map.of(), found);
    }
}
