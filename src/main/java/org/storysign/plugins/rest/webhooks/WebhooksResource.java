package org.storysign.plugins.rest.webhooks;

import static org.storysign.plugins.rest.http.PluginAddress.BASE;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.audit.AuditAction;
import org.storysign.plugins.audit.AuditEntry;
import org.storysign.plugins.identity.Actor;
import org.storysign.plugins.identity.EventId;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.plugin.webhook.Webhook;
import org.storysign.plugins.plugin.webhook.WebhookEvent;
import org.storysign.plugins.plugin.webhook.WebhookSecret;
import org.storysign.plugins.plugin.webhook.WebhookStore;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.GuestText;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.rest.http.Pages;
import org.storysign.plugins.rest.http.ReceivedBody;
import org.storysign.plugins.secret.SealedSecret;
import org.storysign.plugins.secret.SecretCipher;
import org.storysign.plugins.security.Allowed;
import org.storysign.plugins.security.CurrentCaller;

/** Services that are told of changes of plugins, as Standard Webhooks. */
@Path(BASE + "/webhooks")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "webhooks")
public class WebhooksResource {

    private final WebhookStore store;
    private final SecretCipher cipher;
    private final CurrentCaller caller;
    private final ReceivedBody body;
    private final Clock clock;

    @Inject
    public WebhooksResource(
            WebhookStore store, SecretCipher cipher, CurrentCaller caller, ReceivedBody body, Clock clock) {
        this.store = store;
        this.cipher = cipher;
        this.caller = caller;
        this.body = body;
        this.clock = clock;
    }

    @GET
    @Allowed(Role.ADMIN)
    @Operation(summary = "List webhooks", description = "In the order of their making, without their secrets.")
    public Uni<WebhookListView> list() {
        return store.list(caller.actor().tenant())
                .map(found ->
                        new WebhookListView(found.stream().map(WebhookView::of).toList()));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Allowed(Role.ADMIN)
    @Operation(
            summary = "Make a webhook",
            description = "It is told of every change from then on, at least once, with the headers webhook-id,"
                    + " webhook-timestamp and webhook-signature of Standard Webhooks. The answer has its secret, which is"
                    + " shown this once.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = WebhookForm.class)))
    @APIResponse(
            responseCode = "201",
            description = "The webhook and its secret",
            content = @Content(schema = @Schema(implementation = CreatedWebhookView.class)))
    public Uni<Response> create() {
        Actor actor = caller.actor();
        return body.form(WebhookForm.MEMBERS, WebhookForm::read).chain(wanted -> {
            Webhook webhook = new Webhook(UUID.randomUUID(), wanted.url(), wanted.events(), clock.instant());
            WebhookSecret secret = WebhookSecret.random();
            SealedSecret sealed = cipher.seal(
                    secret.text().getBytes(StandardCharsets.UTF_8), Webhook.place(actor.tenant(), webhook.id()));
            AuditEntry audit = new AuditEntry(
                    actor,
                    AuditAction.WEBHOOK_CREATE,
                    "webhook:" + webhook.id(),
                    Map.of("url", webhook.url().value()));
            return store.add(webhook, sealed, audit).map(added -> created(added, webhook, secret));
        });
    }

    private static Response created(boolean added, Webhook webhook, WebhookSecret secret) {
        if (!added) {
            throw new ProblemException(
                    ProblemCode.REQUEST_INVALID,
                    "The tenant has " + WebhookStore.MOST + " webhooks already, expected fewer; delete one first.",
                    Map.of(FactKey.LIMIT, WebhookStore.MOST));
        }
        return Response.status(Response.Status.CREATED)
                .header(HttpHeaders.LOCATION, BASE + "/webhooks/" + webhook.id() + "/deliveries")
                .entity(new CreatedWebhookView(WebhookView.of(webhook), secret.text()))
                .build();
    }

    @DELETE
    @Path("{webhook_id}")
    @Allowed(Role.ADMIN)
    @Operation(summary = "Delete a webhook", description = "With all that it was still to be told.")
    @APIResponse(responseCode = "204", description = "It is gone")
    public Uni<Response> delete(@PathParam("webhook_id") String id) {
        AuditEntry audit = new AuditEntry(caller.actor(), AuditAction.WEBHOOK_DELETE, "webhook:" + id(id), Map.of());
        return store.delete(id(id), audit).map(gone -> {
            if (!gone) {
                throw notFound(id);
            }
            return Response.noContent().build();
        });
    }

    @POST
    @Path("{webhook_id}/test")
    @Allowed(Role.ADMIN)
    @Operation(
            summary = "Try a webhook",
            description =
                    "It is told an event `webhook.test` as it would be of a change; what became of it is at `/deliveries`.")
    @APIResponse(
            responseCode = "202",
            description = "It will be told",
            content = @Content(schema = @Schema(implementation = TestView.class)))
    public Uni<Response> test(@PathParam("webhook_id") String id) {
        TenantId tenant = caller.actor().tenant();
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("type", WebhookEvent.TEST);
        event.put("timestamp", clock.instant().toString());
        event.putObject("data").put("tenant", tenant.value());
        return store.test(tenant, id(id), event.toString())
                .map(made -> Response.accepted(new TestView(
                                "msg_" + made.orElseThrow(() -> notFound(id)),
                                BASE + "/webhooks/" + id + "/deliveries"))
                        .build());
    }

    @GET
    @Path("{webhook_id}/deliveries")
    @Allowed(Role.ADMIN)
    @Operation(
            summary = "List what a webhook was told",
            description =
                    "The newest first, a page at a time; what is over is kept for seven days. After ten attempts in three"
                            + " days a delivery is dead.")
    @APIResponse(
            responseCode = "200",
            description = "A page of deliveries",
            content = @Content(schema = @Schema(implementation = DeliveryPageView.class)))
    public Uni<Response> deliveries(
            @PathParam("webhook_id") String id,
            @QueryParam("limit") @Parameter(description = "1 to 100; 50 when it is not said") @Nullable String limit,
            @QueryParam("cursor") @Parameter(description = "next_cursor of the page before") @Nullable String cursor,
            @Context UriInfo address) {
        int size = Pages.limit(limit);
        long before = Pages.numberAfter(cursor).orElse(Long.MAX_VALUE);
        TenantId tenant = caller.actor().tenant();
        UUID webhook = id(id);
        return store.list(tenant)
                .invoke(known -> {
                    if (known.stream().noneMatch(one -> one.id().equals(webhook))) {
                        throw notFound(id);
                    }
                })
                .chain(_ -> store.deliveries(tenant, webhook, before, size + 1))
                .map(found -> {
                    String next = Pages.next(found, size, delivery -> Long.toString(delivery.sequence()));
                    return Pages.answer(
                            new DeliveryPageView(
                                    Pages.page(found, size).stream()
                                            .map(DeliveryView::of)
                                            .toList(),
                                    next),
                            next,
                            address);
                });
    }

    private static UUID id(String text) {
        return EventId.parse(text).map(EventId::value).orElseThrow(() -> notFound(text));
    }

    private static ProblemException notFound(String id) {
        return new ProblemException(ProblemCode.NOT_FOUND, "There is no webhook " + GuestText.quote(id) + ".");
    }

    /** Every webhook of a tenant. */
    public record WebhookListView(List<WebhookView> webhooks) {}

    /** A webhook. */
    public record WebhookView(String webhookId, String url, List<String> eventTypes, Instant createdAt) {

        static WebhookView of(Webhook webhook) {
            return new WebhookView(
                    webhook.id().toString(),
                    webhook.url().value(),
                    webhook.events().stream().map(WebhookEvent::publicName).toList(),
                    webhook.createdAt());
        }
    }

    /**
     * A webhook that was just made.
     *
     * @param secret what its messages are signed with: {@code whsec_} and base64
     */
    public record CreatedWebhookView(WebhookView webhook, String secret) {}

    /**
     * A test that was asked for.
     *
     * @param messageId the header webhook-id
     */
    public record TestView(String messageId, String deliveries) {}

    /** A page of deliveries. */
    public record DeliveryPageView(
            List<DeliveryView> deliveries, @Nullable String nextCursor) {}

    /**
     * Something a webhook is to be told, or was.
     *
     * @param messageId the header webhook-id, the same at every attempt
     * @param state waiting, delivered or dead
     * @param dueAt while it waits, when it is tried the next time
     * @param lastStatus what the last attempt was answered, if it was
     * @param lastProblem why the last attempt failed, if it did
     */
    public record DeliveryView(
            String messageId,
            String eventType,
            String state,
            int attempts,
            Instant createdAt,
            @Nullable Instant dueAt,
            @Nullable Integer lastStatus,
            @Nullable String lastProblem) {

        static DeliveryView of(WebhookStore.Delivery delivery) {
            return new DeliveryView(
                    "msg_" + delivery.id(),
                    delivery.eventType(),
                    delivery.state(),
                    delivery.attempts(),
                    delivery.createdAt(),
                    "waiting".equals(delivery.state()) ? delivery.dueAt() : null,
                    delivery.status().orElse(null),
                    delivery.problem().orElse(null));
        }
    }
}
