package org.storysign.plugins.rest.http;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.storysign.plugins.problem.GuestText;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

/**
 * Refuses query parameters that an operation does not declare: whoever writes {@code dry_run=true} where there is no dry run must not
 * find that it was a real one.
 */
@ApplicationScoped
public class ParameterFilter {

    private final Map<Method, Set<String>> declared = new ConcurrentHashMap<>();

    @ServerRequestFilter(priority = Priorities.HEADER_DECORATOR)
    public void check(ContainerRequestContext request, ResourceInfo resource) {
        Set<String> sent = request.getUriInfo().getQueryParameters().keySet();
        if (sent.isEmpty() || resource.getResourceMethod().isAnnotationPresent(AnyParameters.class)) {
            return;
        }
        Set<String> known = declared.computeIfAbsent(resource.getResourceMethod(), ParameterFilter::namesOf);
        for (String name : new TreeSet<>(sent)) {
            if (!known.contains(name)) {
                throw new ProblemException(
                        ProblemCode.REQUEST_INVALID,
                        "The parameter " + GuestText.quote(name) + " is unknown; "
                                + (known.isEmpty()
                                        ? "there are none here."
                                        : "there are: " + String.join(", ", known) + "."));
            }
        }
    }

    private static Set<String> namesOf(Method method) {
        return Arrays.stream(method.getParameterAnnotations())
                .flatMap(Stream::of)
                .filter(QueryParam.class::isInstance)
                .map(annotation -> ((QueryParam) annotation).value())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
