package org.storysign.plugins.rest.plugins;

import static org.storysign.plugins.rest.http.PluginAddress.BASE;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.plugin.PluginCall;
import org.storysign.plugins.plugin.PluginCaller;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.GuestText;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.rest.http.Exchange;
import org.storysign.plugins.rest.http.LargestBody;
import org.storysign.plugins.rest.http.PluginAddress;
import org.storysign.plugins.rest.http.ProblemMapper;
import org.storysign.plugins.rest.http.ReceivedBody;
import org.storysign.plugins.rest.http.UserAddress;
import org.storysign.plugins.sandbox.CallResult;
import org.storysign.plugins.sandbox.Usage;
import org.storysign.plugins.security.Allowed;
import org.storysign.plugins.security.Caller;
import org.storysign.plugins.security.CurrentCaller;
import org.storysign.plugins.telemetry.CallMetrics;

/** Calls one export: bytes in, bytes out. */
@Path(BASE + "/{plugin_id}/call/{export}")
@Produces({MediaType.APPLICATION_OCTET_STREAM, MediaType.WILDCARD})
@Tag(name = "calls")
public class CallResource {

    private final PluginCaller plugins;
    private final PluginViews views;
    private final CurrentCaller caller;
    private final ReceivedBody body;
    private final ProblemMapper problems;
    private final CallMetrics metrics;
    private final Exchange exchange;

    @Inject
    public CallResource(
            PluginCaller plugins,
            PluginViews views,
            CurrentCaller caller,
            ReceivedBody body,
            ProblemMapper problems,
            CallMetrics metrics,
            Exchange exchange) {
        this.plugins = plugins;
        this.views = views;
        this.caller = caller;
        this.body = body;
        this.problems = problems;
        this.metrics = metrics;
        this.exchange = exchange;
    }

    @POST
    // The largest input any security level takes.
    @LargestBody(kib = 4_096)
    @Allowed({Role.AUTHOR, Role.OPERATOR})
    @Operation(
            summary = "Call an export",
            description = "The body is its input, the answer's body its output. The headers Plugin-Fuel-Used,"
                    + " Plugin-Duration-Us and Plugin-Peak-Memory (bytes) say what it used, also when it trapped; a trap is a"
                    + " problem.")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_OCTET_STREAM,
                            schema =
                                    @Schema(
                                            type = org.eclipse.microprofile.openapi.annotations.enums.SchemaType.STRING,
                                            format = "binary")))
    @APIResponse(
            responseCode = "200",
            description = "The output",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_OCTET_STREAM,
                            schema =
                                    @Schema(
                                            type = org.eclipse.microprofile.openapi.annotations.enums.SchemaType.STRING,
                                            format = "binary")))
    public Uni<Response> call(
            @PathParam("plugin_id") String id,
            @PathParam("export") String export,
            @QueryParam("user_id") @Parameter(description = "For which user it is called, if for any") @Nullable
                    String user) {
        Caller by = caller.get();
        PluginCall call = new PluginCall(
                        PluginAddress.id(id), export, body.bytes(), UserAddress.named(user, by), by.reach())
                .traced(exchange.trace());
        long asked = System.nanoTime();
        return Uni.createFrom()
                .completionStage(() -> plugins.call(by.actor(), call))
                .invoke(metrics::record)
                .onFailure()
                .invoke(fault -> metrics.failed(fault, Duration.ofNanos(System.nanoTime() - asked)))
                .map(result -> answer(call, result))
                .onFailure(CallResource::isNotEnabled)
                .recoverWithUni(fault -> views.find(by.actor().tenant(), call.plugin())
                        .chain(_ -> Uni.createFrom().failure(fault)));
    }

    /** Then it may also not be there at all, which is another answer. */
    private static boolean isNotEnabled(Throwable fault) {
        return fault instanceof ProblemException problem && problem.code() == ProblemCode.PLUGIN_NOT_ENABLED;
    }

    private Response answer(PluginCall call, CallResult result) {
        return switch (result) {
            case CallResult.Returned returned ->
                withUsage(Response.ok(returned.output(), MediaType.APPLICATION_OCTET_STREAM), returned.usage());
            case CallResult.Trapped trapped ->
                withUsage(Response.fromResponse(problems.respond(problem(call, trapped))), trapped.usage());
        };
    }

    private static ProblemException problem(PluginCall call, CallResult.Trapped trapped) {
        Map<FactKey, Object> facts = new EnumMap<>(FactKey.class);
        facts.put(FactKey.PLUGIN, call.plugin().value());
        facts.put(FactKey.EXPORT, call.export());
        facts.put(FactKey.FUEL, trapped.usage().fuel().units());
        if (!trapped.stack().functions().isEmpty()) {
            facts.put(FactKey.GUEST_STACK, trapped.stack().functions());
        }
        return new ProblemException(
                trapped.trap().code(),
                "Export " + GuestText.quote(call.export()) + " of plugin `" + call.plugin() + "` " + trapped.message()
                        + ".",
                facts);
    }

    private static Response withUsage(Response.ResponseBuilder answer, Usage usage) {
        return answer.header("Plugin-Fuel-Used", usage.fuel().units())
                .header(
                        "Plugin-Duration-Us",
                        TimeUnit.NANOSECONDS.toMicros(usage.duration().toNanos()))
                .header("Plugin-Peak-Memory", usage.peakMemory().bytes())
                .build();
    }
}
