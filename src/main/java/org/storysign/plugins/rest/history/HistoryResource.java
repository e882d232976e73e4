package org.storysign.plugins.rest.history;

import static org.storysign.plugins.rest.http.PluginAddress.BASE;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.identity.TraceId;
import org.storysign.plugins.limits.DataLimits;
import org.storysign.plugins.manifest.HookName;
import org.storysign.plugins.plugin.history.CallFilter;
import org.storysign.plugins.plugin.history.HistoryStore;
import org.storysign.plugins.rest.http.Pages;
import org.storysign.plugins.rest.http.Parameters;
import org.storysign.plugins.rest.http.PluginAddress;
import org.storysign.plugins.rest.plugins.PluginViews;
import org.storysign.plugins.security.Allowed;
import org.storysign.plugins.security.Caller;
import org.storysign.plugins.security.CurrentCaller;

/** A plugin's calls and what they used. */
@Path(BASE + "/{plugin_id}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "history")
public class HistoryResource {

    private static final int HOURS_OF_A_DAY = 24;
    private static final int MOST_HOURS = 720;

    private final HistoryStore history;
    private final PluginViews plugins;
    private final CurrentCaller caller;
    private final Clock clock;

    @Inject
    public HistoryResource(HistoryStore history, PluginViews plugins, CurrentCaller caller, Clock clock) {
        this.history = history;
        this.plugins = plugins;
        this.caller = caller;
        this.clock = clock;
    }

    @GET
    @Path("invocations")
    @Allowed(Role.VIEWER)
    @Operation(
            summary = "List a plugin's calls",
            description =
                    "The newest first, a page at a time, a second after they ended and for seven days. Calls that failed"
                            + " are all there, up to 100 a second and process; of those that went well, 20 a second and process. The rest"
                            + " is in the figures of `/usage`. No input and no output is kept, but of a plugin that is only"
                            + " observed what it would have changed; operators see that.")
    @APIResponse(
            responseCode = "200",
            description = "A page of calls",
            content = @Content(schema = @Schema(implementation = InvocationPageView.class)))
    public Uni<Response> invocations(
            @PathParam("plugin_id") String id,
            @QueryParam("status") @Parameter(description = "ok, failed, or a problem's code") @Nullable String status,
            @QueryParam("hook") @Parameter(description = "A hook's name") @Nullable String hook,
            @QueryParam("trace_id")
                    @Parameter(
                            description =
                                    "What a request's `traceparent` carried or its answer's `Trace-Id` said, 32"
                                            + " hexadecimal digits; of a hook that was handled later, its event's id without hyphens")
                    @Nullable
                    String trace,
            @QueryParam("since")
                    @Parameter(description = "Not those that ended before, such as 2026-01-31T10:00:00Z")
                    @Nullable
                    String since,
            @QueryParam("limit") @Parameter(description = "1 to 100; 50 when it is not said") @Nullable String limit,
            @QueryParam("cursor") @Parameter(description = "next_cursor of the page before") @Nullable String cursor,
            @Context UriInfo address) {
        PluginId plugin = PluginAddress.id(id);
        int size = Pages.limit(limit);
        CallFilter filter = new CallFilter(
                plugin,
                Parameters.parsed("status", status, CallFilter::status, "ok, failed or a problem's code"),
                Parameters.parsed("hook", hook, HookName::parse, "a hook's name"),
                Parameters.parsed("trace_id", trace, TraceId::parse, "32 lower-case hexadecimal digits"),
                Parameters.parsed("since", since, HistoryResource::time, "a time such as 2026-01-31T10:00:00Z"),
                Pages.numberAfter(cursor).map(OptionalLong::of).orElseGet(OptionalLong::empty));
        Caller reader = caller.get();
        TenantId tenant = reader.actor().tenant();
        return plugins.find(tenant, plugin)
                .chain(_ -> history.calls(tenant, filter, size + 1))
                .map(found -> {
                    String next = Pages.next(found, size, call -> Long.toString(call.sequence()));
                    List<InvocationView> calls = Pages.page(found, size).stream()
                            .map(call -> InvocationView.of(call, reader))
                            .toList();
                    return Pages.answer(new InvocationPageView(calls, next), next, address);
                });
    }

    /** A page of a plugin's calls. */
    public record InvocationPageView(
            List<InvocationView> invocations, @Nullable String nextCursor) {}

    @GET
    @Path("usage")
    @Allowed(Role.VIEWER)
    @Operation(
            summary = "Look at what a plugin used",
            description =
                    "By the hour, kept for 30 days, of all processes together and exact but for the last second; and"
                            + " what it keeps in storage now.")
    public Uni<UsageView> usage(
            @PathParam("plugin_id") String id,
            @QueryParam("hours")
                    @Parameter(description = "How many hours back, this one included: 1 to 720; 24 when it is not said")
                    @Nullable
                    String hours) {
        PluginId plugin = PluginAddress.id(id);
        int back = Parameters.integer("hours", hours, new Parameters.Range(1, MOST_HOURS, HOURS_OF_A_DAY));
        Instant since = clock.instant().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(back - 1L));
        TenantId tenant = caller.actor().tenant();
        return plugins.find(tenant, plugin).chain(found -> {
            DataLimits limits = found.level().data();
            return history.stored(tenant, plugin)
                    .map(data -> UsageView.StoredView.of(data, limits))
                    .chain(stored ->
                            history.usage(tenant, plugin, since).map(amounts -> UsageView.of(stored, since, amounts)));
        });
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
