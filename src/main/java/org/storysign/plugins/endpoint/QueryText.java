package org.storysign.plugins.endpoint;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

/** Reads the query of an address, {@code a=1&a=2&b}. */
public final class QueryText {

    static final int MOST = 100;

    private QueryText() {}

    /** Every value of every parameter, in order. Fails with {@code request-invalid}. */
    public static Map<String, List<String>> read(@Nullable String query) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        if (query == null || query.isEmpty()) {
            return parameters;
        }
        String[] pairs = query.split("&", MOST + 2);
        if (pairs.length > MOST) {
            throw invalid("has more than " + MOST + " parameters");
        }
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            String name = text(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : text(pair.substring(equals + 1));
            parameters.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
        }
        return parameters;
    }

    private static String text(String encoded) {
        return PercentText.decode(encoded.replace('+', ' '))
                .orElseThrow(() -> invalid("is not percent-encoded UTF-8 without control characters"));
    }

    private static ProblemException invalid(String why) {
        return new ProblemException(ProblemCode.REQUEST_INVALID, "The query of the address " + why + ".");
    }
}
