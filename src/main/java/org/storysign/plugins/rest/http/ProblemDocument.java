package org.storysign.plugins.rest.http;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.storysign.plugins.identity.TraceId;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.problem.Violation;

/** A fault as the JSON members of RFC 9457: the standard ones, {@code code}, {@code traceId}, the facts, and {@code errors}. */
public final class ProblemDocument {

    /** The media type of every fault. */
    public static final String MEDIA_TYPE = "application/problem+json";

    /** What precedes the code in {@code type}. */
    public static final String TYPE_PREFIX = "urn:storysign:problem:";

    private ProblemDocument() {}

    /** The members, in the order in which a person reads them. */
    static Map<String, Object> of(ProblemException fault, String instance, TraceId trace) {
        ProblemCode code = fault.code();
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("type", TYPE_PREFIX + code.code());
        members.put("title", code.title());
        members.put("status", code.status());
        members.put("detail", fault.detail());
        members.put("instance", instance);
        members.put("code", code.code());
        members.put("traceId", trace.value());
        fault.facts().entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Comparator.comparingInt(FactKey::ordinal)))
                .forEach(fact -> members.put(fact.getKey().key(), fact.getValue()));
        if (!fault.violations().isEmpty()) {
            members.put("errors", errors(fault.violations()));
        }
        return members;
    }

    private static List<Map<String, String>> errors(List<Violation> violations) {
        return violations.stream()
                .map(violation -> Map.of("pointer", violation.pointer(), "detail", violation.detail()))
                .toList();
    }
}
