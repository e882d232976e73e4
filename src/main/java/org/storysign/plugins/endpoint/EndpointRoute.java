package org.storysign.plugins.endpoint;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.storysign.plugins.manifest.EndpointDeclaration;

/** Which of a plugin's endpoints a request is for. */
public sealed interface EndpointRoute {

    /**
     * One answers it.
     *
     * @param parameters the path's parameters by name, decoded; none holds a slash or is a dot segment
     */
    record Found(EndpointDeclaration endpoint, Map<String, String> parameters) implements EndpointRoute {
        public Found {
            parameters = Map.copyOf(parameters);
        }
    }

    /** The path is there, for these methods only, in order. */
    record OtherMethods(List<String> methods) implements EndpointRoute {
        public OtherMethods {
            methods = List.copyOf(methods);
        }
    }

    /** Nothing has this path. */
    record Nothing() implements EndpointRoute {}

    /**
     * Compares segment by segment, so that no encoding of a slash or a dot leads anywhere else. A literal segment goes before a
     * parameter, the leftmost difference deciding. HEAD is answered by what answers GET.
     *
     * @param path as it was sent, percent signs and all, beginning with a slash
     */
    static EndpointRoute of(List<EndpointDeclaration> endpoints, String method, String path) {
        Optional<List<String>> segments = segments(path);
        if (segments.isEmpty()) {
            return new Nothing();
        }
        String wanted = method.equals("HEAD") ? "GET" : method;
        TreeSet<String> methods = new TreeSet<>();
        Optional<Found> best = Optional.empty();
        for (EndpointDeclaration endpoint : endpoints) {
            Optional<Found> match = match(endpoint, segments.get());
            match.ifPresent(_ -> methods.add(endpoint.method()));
            if (match.isPresent() && endpoint.method().equals(wanted) && goesBefore(match.get(), best)) {
                best = match;
            }
        }
        if (best.isPresent()) {
            return best.get();
        }
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        return methods.isEmpty() ? new Nothing() : new OtherMethods(List.copyOf(methods));
    }

    private static Optional<List<String>> segments(String path) {
        List<String> segments = new ArrayList<>();
        for (String encoded : path.substring(1).split("/", -1)) {
            Optional<String> segment = PercentText.decode(encoded).filter(EndpointRoute::isSegment);
            if (segment.isEmpty()) {
                return Optional.empty();
            }
            segments.add(segment.get());
        }
        return Optional.of(segments);
    }

    private static boolean isSegment(String text) {
        return !text.isEmpty()
                && !text.equals(".")
                && !text.equals("..")
                && text.indexOf('/') < 0
                && text.indexOf('\\') < 0;
    }

    private static Optional<Found> match(EndpointDeclaration endpoint, List<String> segments) {
        String[] declared = endpoint.path().substring(1).split("/", -1);
        if (declared.length != segments.size()) {
            return Optional.empty();
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        for (int index = 0; index < declared.length; index++) {
            if (isParameter(declared[index])) {
                parameters.put(declared[index].substring(1, declared[index].length() - 1), segments.get(index));
            } else if (!declared[index].equals(segments.get(index))) {
                return Optional.empty();
            }
        }
        return Optional.of(new Found(endpoint, parameters));
    }

    private static boolean goesBefore(Found match, Optional<Found> best) {
        return best.map(other -> form(match).compareTo(form(other)) < 0).orElse(true);
    }

    /** {@code 0} for a literal, {@code 1} for a parameter, segment by segment. */
    private static String form(Found match) {
        StringBuilder form = new StringBuilder();
        for (String segment : match.endpoint().path().substring(1).split("/", -1)) {
            form.append(isParameter(segment) ? '1' : '0');
        }
        return form.toString();
    }

    private static boolean isParameter(String segment) {
        return segment.startsWith("{");
    }
}
