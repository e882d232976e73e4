package org.storysign.plugins.endpoint;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.storysign.plugins.identity.TraceId;
import org.storysign.plugins.identity.UserId;

/**
 * What of an HTTP request a handler gets.
 *
 * @param method as the endpoint declares it
 * @param path as it was sent, beginning with the slash after {@code endpoints}
 * @param query every value of every parameter
 * @param headers by lower-case name; only those of {@link #PASSED} reach the handler
 * @param body as it came
 * @param user the user whose token the request carried
 * @param trace the request's, which the handler is not told
 */
public record EndpointRequest(
        String method,
        String path,
        Map<String, String> parameters,
        Map<String, List<String>> query,
        Map<String, String> headers,
        byte[] body,
        Optional<UserId> user,
        Optional<TraceId> trace) {

    /** The request headers a handler gets to see: no credential, no cookie, nothing that tells where somebody is. */
    public static final List<String> PASSED = List.of(
            "accept",
            "accept-language",
            "content-language",
            "content-type",
            "if-match",
            "if-modified-since",
            "if-none-match");

    /** Without a trace. */
    public EndpointRequest(
            String method,
            String path,
            Map<String, String> parameters,
            Map<String, List<String>> query,
            Map<String, String> headers,
            byte[] body,
            Optional<UserId> user) {
        this(method, path, parameters, query, headers, body, user, Optional.empty());
    }
}
