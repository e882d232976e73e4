package org.storysign.plugins.problem;

import java.util.List;
import java.util.Map;

/**
 * A request that is refused. The message says what, which, found and expected, in words for a person; the facts say the same
 * for a program. Values of facts are strings, numbers, booleans, lists or maps of these.
 */
public final class ProblemException extends RuntimeException {

    private final ProblemCode code;
    private final transient Map<FactKey, Object> facts;
    private final transient List<Violation> violations;

    public ProblemException(ProblemCode code, String detail) {
        this(code, detail, Map.of(), List.of());
    }

    public ProblemException(ProblemCode code, String detail, Map<FactKey, Object> facts) {
        this(code, detail, facts, List.of());
    }

    public ProblemException(ProblemCode code, String detail, Map<FactKey, Object> facts, List<Violation> violations) {
        super(detail, null, false, false);
        this.code = code;
        this.facts = Map.copyOf(facts);
        this.violations = List.copyOf(violations);
    }

    public ProblemCode code() {
        return code;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }

    public Map<FactKey, Object> facts() {
        return facts;
    }

    /** What is wrong with a document, every violation at once; empty for other problems. */
    public List<Violation> violations() {
        return violations;
    }
}
