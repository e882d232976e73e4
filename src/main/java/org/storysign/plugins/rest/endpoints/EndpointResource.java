package org.storysign.plugins.rest.endpoints;

import static org.storysign.plugins.rest.http.PluginAddress.BASE;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.storysign.plugins.endpoint.EndpointAnswer;
import org.storysign.plugins.endpoint.EndpointCaller;
import org.storysign.plugins.endpoint.EndpointRequest;
import org.storysign.plugins.endpoint.QueryText;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.rest.http.AnyParameters;
import org.storysign.plugins.rest.http.Exchange;
import org.storysign.plugins.rest.http.LargestBody;
import org.storysign.plugins.rest.http.ReceivedBody;
import org.storysign.plugins.security.Allowed;
import org.storysign.plugins.telemetry.CallMetrics;

/** Endpoints that plugins declare. {@link EndpointAdmission} has decided who may call which before a method here runs. */
@Path(BASE + "/{plugin_id}/endpoints/{path: .+}")
@Tag(name = "endpoints")
public class EndpointResource {

    /** The largest input any security level takes; the plugin's own limit is looked at as well. */
    private static final int LARGEST_KIB = 4_096;

    private static final String WHAT =
            "Calls the endpoint of this method and path that the plugin's manifest declares, for"
                    + " whom its `auth` says: a user token, a key of the role caller, or anybody (then the header Plugins-Tenant names the"
                    + " tenant, else it is `default`; 20 calls at once and 10 a second more, 429 beyond).";

    private final EndpointCaller endpoints;
    private final AdmittedCall admitted;
    private final ReceivedBody body;
    private final CurrentVertxRequest exchange;
    private final CallMetrics metrics;
    private final Exchange trace;

    @Inject
    EndpointResource(
            EndpointCaller endpoints,
            AdmittedCall admitted,
            ReceivedBody body,
            CurrentVertxRequest exchange,
            CallMetrics metrics,
            Exchange trace) {
        this.endpoints = endpoints;
        this.admitted = admitted;
        this.body = body;
        this.exchange = exchange;
        this.metrics = metrics;
        this.trace = trace;
    }

    @GET
    @AnyParameters
    @Allowed(
            value = {Role.USER, Role.CALLER},
            nobodyToo = true)
    @Operation(operationId = "endpointGet", summary = "Call a plugin's endpoint", description = WHAT)
    @APIResponse(responseCode = "200", description = "What the handler answers, with a status from 200 to 599")
    public Uni<Response> get(@PathParam("plugin_id") String id, @PathParam("path") String path) {
        return call();
    }

    @POST
    @AnyParameters
    @LargestBody(kib = LARGEST_KIB)
    @Allowed(
            value = {Role.USER, Role.CALLER},
            nobodyToo = true)
    @Operation(operationId = "endpointPost", summary = "Call a plugin's endpoint", description = WHAT)
    @APIResponse(responseCode = "200", description = "What the handler answers, with a status from 200 to 599")
    public Uni<Response> post(@PathParam("plugin_id") String id, @PathParam("path") String path) {
        return call();
    }

    @PUT
    @AnyParameters
    @LargestBody(kib = LARGEST_KIB)
    @Allowed(
            value = {Role.USER, Role.CALLER},
            nobodyToo = true)
    @Operation(operationId = "endpointPut", summary = "Call a plugin's endpoint", description = WHAT)
    @APIResponse(responseCode = "200", description = "What the handler answers, with a status from 200 to 599")
    public Uni<Response> put(@PathParam("plugin_id") String id, @PathParam("path") String path) {
        return call();
    }

    @PATCH
    @AnyParameters
    @LargestBody(kib = LARGEST_KIB)
    @Allowed(
            value = {Role.USER, Role.CALLER},
            nobodyToo = true)
    @Operation(operationId = "endpointPatch", summary = "Call a plugin's endpoint", description = WHAT)
    @APIResponse(responseCode = "200", description = "What the handler answers, with a status from 200 to 599")
    public Uni<Response> patch(@PathParam("plugin_id") String id, @PathParam("path") String path) {
        return call();
    }

    @DELETE
    @AnyParameters
    @LargestBody(kib = LARGEST_KIB)
    @Allowed(
            value = {Role.USER, Role.CALLER},
            nobodyToo = true)
    @Operation(operationId = "endpointDelete", summary = "Call a plugin's endpoint", description = WHAT)
    @APIResponse(responseCode = "200", description = "What the handler answers, with a status from 200 to 599")
    public Uni<Response> delete(@PathParam("plugin_id") String id, @PathParam("path") String path) {
        return call();
    }

    @OPTIONS
    @AnyParameters
    @Allowed(
            value = {Role.USER, Role.CALLER},
            nobodyToo = true)
    @Operation(
            operationId = "endpointOptions",
            summary = "Which methods an endpoint answers",
            description = "In Allow.")
    @APIResponse(responseCode = "204", description = "The header Allow has them")
    public Response options(@PathParam("plugin_id") String id, @PathParam("path") String path) {
        throw new IllegalStateException("the admission answers OPTIONS itself");
    }

    private Uni<Response> call() {
        AdmittedCall.Call call = admitted.get();
        EndpointRequest request = new EndpointRequest(
                call.route().endpoint().method(),
                call.path(),
                call.route().parameters(),
                QueryText.read(exchange.getCurrent().request().query()),
                headers(),
                body.bytes(),
                call.user(),
                Optional.of(trace.trace()));
        return Uni.createFrom()
                .item(request)
                // Writing the handler's input and reading its output take time by their size: not an event loop's.
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .chain(asked -> Uni.createFrom()
                        .completionStage(() -> endpoints.call(
                                call.tenant(), call.plugin(), call.route().endpoint(), asked)))
                .invoke(metrics::record)
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .map(result -> EndpointCaller.answer(call.plugin(), call.route().endpoint(), result))
                .map(EndpointResource::response);
    }

    /** Those a handler may see; of several of one name, the first. */
    private Map<String, String> headers() {
        Map<String, String> headers = new TreeMap<>();
        for (String name : EndpointRequest.PASSED) {
            String value = exchange.getCurrent().request().getHeader(name);
            if (value != null) {
                headers.put(name, value);
            }
        }
        return headers;
    }

    private static Response response(EndpointAnswer answer) {
        Response.ResponseBuilder response = Response.status(answer.status());
        answer.headers().forEach(response::header);
        if (answer.body().length > 0) {
            response.entity(answer.body());
        }
        return response.header(HttpHeaders.VARY, "Authorization, X-API-Key, Plugins-Tenant")
                .build();
    }
}
