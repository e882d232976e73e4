package org.storysign.plugins.rest.services;

import static org.storysign.plugins.rest.http.PluginAddress.BASE;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.identity.UserId;
import org.storysign.plugins.platform.PlatformService;
import org.storysign.plugins.platform.ServicePage;
import org.storysign.plugins.platform.connect.Connectors;
import org.storysign.plugins.platform.records.NotificationInbox;
import org.storysign.plugins.platform.records.NotificationInbox.Received;
import org.storysign.plugins.platform.records.NotificationInbox.Which;
import org.storysign.plugins.problem.GuestText;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.rest.http.Pages;
import org.storysign.plugins.rest.http.Parameters;
import org.storysign.plugins.rest.http.UserAddress;
import org.storysign.plugins.security.Allowed;
import org.storysign.plugins.security.CurrentCaller;

/** What plugins told a user. */
@Path(BASE + "/notifications")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "notifications")
public class NotificationsResource {

    private final NotificationInbox inbox;
    private final Connectors connectors;
    private final CurrentCaller caller;

    @Inject
    public NotificationsResource(NotificationInbox inbox, Connectors connectors, CurrentCaller caller) {
        this.inbox = inbox;
        this.connectors = connectors;
        this.caller = caller;
    }

    @GET
    @Allowed(Role.CALLER)
    @Operation(
            summary = "List a user's notifications",
            description =
                    "The newest first, a page at a time. They are kept for 90 days, the newest 100 of each plugin;"
                            + " toasts for 60 seconds, the newest 10.")
    @APIResponse(
            responseCode = "200",
            description = "A page of notifications",
            content = @Content(schema = @Schema(implementation = NotificationListView.class)))
    public Uni<Response> list(
            @QueryParam("user_id") @Parameter(description = "Whose; required", required = true) @Nullable String user,
            @QueryParam("unread") @Parameter(description = "true for those only that were not read") @Nullable
                    String unread,
            @QueryParam("limit") @Parameter(description = "1 to 100; 50 when it is not said") @Nullable String limit,
            @QueryParam("cursor") @Parameter(description = "next_cursor of the page before") @Nullable String cursor,
            @Context UriInfo address) {
        UserId whose = whose(user);
        TenantId tenant = caller.actor().tenant();
        int size = Pages.limit(limit);
        Which which = Parameters.flag("unread", unread) ? Which.UNREAD : Which.ALL;
        ServicePage page = new ServicePage(Pages.numberAfter(cursor), size + 1);
        return inbox.page(tenant, whose, which, page).map(found -> {
            String next = Pages.next(found, size, each -> Long.toString(each.number()));
            List<NotificationView> views =
                    Pages.page(found, size).stream().map(NotificationView::of).toList();
            return Pages.answer(new NotificationListView(views, next), next, address);
        });
    }

    /** A page of notifications. */
    public record NotificationListView(
            List<NotificationView> notifications, @Nullable String nextCursor) {}

    @POST
    @Path("{notification_id}/read")
    @Allowed(Role.CALLER)
    @Operation(summary = "Mark a notification as read", description = "Marking it again changes nothing.")
    @APIResponse(responseCode = "204", description = "It is read")
    public Uni<Response> read(
            @PathParam("notification_id") String id,
            @QueryParam("user_id") @Parameter(description = "Whose; required", required = true) @Nullable String user) {
        UserId whose = whose(user);
        TenantId tenant = caller.actor().tenant();
        return inbox.markRead(tenant, whose, number(id)).map(found -> {
            if (!found) {
                throw notFound(id);
            }
            return Response.noContent().build();
        });
    }

    /** Fails with {@code kept-elsewhere} when the product keeps its notifications itself. */
    private UserId whose(@Nullable String user) {
        UserId whose = UserAddress.required(user, caller.get());
        connectors.requireEmbedded(PlatformService.NOTIFICATIONS);
        return whose;
    }

    private static long number(String text) {
        if (!text.matches("[0-9]{1,18}")) {
            throw notFound(text);
        }
        return Long.parseLong(text);
    }

    private static ProblemException notFound(String id) {
        return new ProblemException(ProblemCode.NOT_FOUND, "The user has no notification " + GuestText.quote(id) + ".");
    }

    /** Something a plugin told a user; kind is notice or toast, level info, success, warning or error. */
    public record NotificationView(
            String id,
            String pluginId,
            String kind,
            String level,
            String title,
            String body,
            @Nullable String link,
            Instant createdAt,
            Instant expiresAt,
            @Nullable Instant readAt) {

        static NotificationView of(Received received) {
            return new NotificationView(
                    Long.toString(received.number()),
                    received.plugin().value(),
                    received.kind(),
                    received.notice().level().publicName(),
                    received.notice().title(),
                    received.notice().body(),
                    received.notice().link().isEmpty()
                            ? null
                            : received.notice().link(),
                    received.createdAt(),
                    received.expiresAt(),
                    received.readAt().orElse(null));
        }
    }
}
