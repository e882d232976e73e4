package org.storysign.plugins.rest.history;

import static org.storysign.plugins.rest.http.PluginAddress.BASE;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
import org.storysign.plugins.plugin.history.HistoryStore;
import org.storysign.plugins.plugin.history.LineFilter;
import org.storysign.plugins.plugin.history.LineRecord;
import org.storysign.plugins.rest.http.Pages;
import org.storysign.plugins.rest.http.Parameters;
import org.storysign.plugins.rest.http.PluginAddress;
import org.storysign.plugins.rest.plugins.PluginViews;
import org.storysign.plugins.sandbox.LogLine.Level;
import org.storysign.plugins.security.Allowed;
import org.storysign.plugins.security.CurrentCaller;

/** What a plugin logged: a page at a time, or as it comes. {@link FollowAsEvents} decides which method is asked. */
@Path(BASE + "/{plugin_id}/logs")
@Tag(name = "history")
public class LogsResource {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String LEVELS = "trace, debug, info, warn or error";

    private final HistoryStore history;
    private final LogFollowing following;
    private final PluginViews plugins;
    private final CurrentCaller caller;
    private final ObjectMapper json;

    @Inject
    public LogsResource(
            HistoryStore history,
            LogFollowing following,
            PluginViews plugins,
            CurrentCaller caller,
            ObjectMapper json) {
        this.history = history;
        this.following = following;
        this.plugins = plugins;
        this.caller = caller;
        this.json = json;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Allowed(Role.OPERATOR)
    @Operation(
            operationId = "logs",
            summary = "Read or follow a plugin's log",
            description =
                    "The newest lines first, a page at a time; kept for seven days, 10,000 of a plugin. With `follow=true` the"
                            + " answer is a stream of server-sent events: the last `limit` lines, the oldest first, and then each new line"
                            + " of any process within about a second. It ends after 15 minutes or when the reader is 30 seconds behind; who"
                            + " comes again with Last-Event-ID misses nothing. Logs may hold users' data.")
    @APIResponse(
            responseCode = "200",
            description = "A page of lines, or a stream of them",
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = LogPageView.class)),
                @Content(mediaType = MediaType.SERVER_SENT_EVENTS, schema = @Schema(implementation = LogLineView.class))
            })
    public Uni<Response> list(
            @PathParam("plugin_id") String id,
            @QueryParam("level") @Parameter(description = "The least one: " + LEVELS) @Nullable String level,
            @QueryParam("follow") @Parameter(description = "true: as server-sent events") @Nullable String follow,
            @QueryParam("limit") @Parameter(description = "1 to 100; 50 when it is not said") @Nullable String limit,
            @QueryParam("cursor") @Parameter(description = "next_cursor of the page before") @Nullable String cursor,
            @Context UriInfo address) {
        Parameters.flag("follow", follow);
        PluginId plugin = PluginAddress.id(id);
        int size = Pages.limit(limit);
        LineFilter filter =
                new LineFilter(plugin, level(level), Pages.numberAfter(cursor).orElse(Long.MAX_VALUE));
        TenantId tenant = caller.actor().tenant();
        return plugins.find(tenant, plugin)
                .chain(_ -> history.linesBefore(tenant, filter, size + 1))
                .map(found -> {
                    String next = Pages.next(found, size, line -> Long.toString(line.sequence()));
                    List<LogLineView> lines = Pages.page(found, size).stream()
                            .map(LogLineView::of)
                            .toList();
                    return Pages.answer(new LogPageView(lines, next), next, address);
                });
    }

    /** A page of a plugin's log. */
    public record LogPageView(
            List<LogLineView> lines, @Nullable String nextCursor) {}

    /** Blocks until the first lines are there: once a stream has begun, its status cannot be another. */
    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Blocking
    @Allowed(Role.OPERATOR)
    @Operation(hidden = true)
    public Multi<OutboundSseEvent> follow(
            @PathParam("plugin_id") String id,
            @QueryParam("level") @Nullable String level,
            @QueryParam("follow") @Nullable String follow,
            @QueryParam("limit") @Nullable String limit,
            @HeaderParam("Last-Event-ID") @Nullable String last,
            @Context Sse sse) {
        PluginId plugin = PluginAddress.id(id);
        Level least = level(level);
        int size = Pages.limit(limit);
        TenantId tenant = caller.actor().tenant();
        Optional<Long> known = Parameters.parsed("Last-Event-ID", last, LogsResource::number, "an event's id");
        LineFilter before = new LineFilter(plugin, least, Long.MAX_VALUE);
        List<LineRecord> earlier = plugins.find(tenant, plugin)
                .chain(_ -> known.isPresent()
                        ? Uni.createFrom().item(List.<LineRecord>of())
                        : history.linesBefore(tenant, before, size))
                .await()
                .atMost(PATIENCE);
        long from =
                known.orElseGet(() -> earlier.isEmpty() ? 0 : earlier.getFirst().sequence());
        LogEvents events = new LogEvents(sse, this::text);
        return Multi.createBy()
                .concatenating()
                .streams(
                        Multi.createFrom().item(events.began()),
                        Multi.createFrom().iterable(events.of(earlier.reversed())),
                        following
                                .follow(tenant, new LineFilter(plugin, least, from))
                                .onItem()
                                .transformToIterable(events::of));
    }

    private String text(LineRecord line) {
        try {
            return json.writeValueAsString(LogLineView.of(line));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a line cannot be written", e);
        }
    }

    private static Level level(@Nullable String text) {
        return Parameters.parsed("level", text, LogsResource::parse, LEVELS).orElse(Level.TRACE);
    }

    private static Optional<Level> parse(String text) {
        return Arrays.stream(Level.values())
                .filter(level -> level.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst();
    }

    private static Optional<Long> number(String text) {
        return text.matches("[0-9]{1,18}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
    }
}
