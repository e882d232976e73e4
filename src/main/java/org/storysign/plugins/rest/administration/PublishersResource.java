package org.storysign.plugins.rest.administration;

import static org.storysign.plugins.rest.http.PluginAddress.BASE;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.audit.AuditAction;
import org.storysign.plugins.audit.AuditEntry;
import org.storysign.plugins.identity.Actor;
import org.storysign.plugins.identity.Digest;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.plugin.PublisherKeys;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.GuestText;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.rest.http.ReceivedBody;
import org.storysign.plugins.security.Allowed;
import org.storysign.plugins.security.CurrentCaller;
import org.storysign.plugins.signature.TrustedKey;

/** Whose signatures count in a tenant. */
@Path(BASE + "/publishers")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "publishers")
public class PublishersResource {

    private final PublisherKeys keys;
    private final CurrentCaller caller;
    private final ReceivedBody body;
    private final Clock clock;

    @Inject
    public PublishersResource(PublisherKeys keys, CurrentCaller caller, ReceivedBody body, Clock clock) {
        this.keys = keys;
        this.caller = caller;
        this.body = body;
        this.clock = clock;
    }

    @GET
    @Allowed(Role.VIEWER)
    @Operation(
            summary = "List trusted keys",
            description = "Revoked and expired ones too, in the order they were added.")
    public Uni<PublisherKeyListView> list() {
        return keys.list(caller.actor().tenant())
                .map(found -> new PublisherKeyListView(
                        found.stream().map(PublisherKeyView::of).toList()));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Allowed(Role.ADMIN)
    @Operation(
            summary = "Trust a publisher's key",
            description =
                    "What it signs counts from then on. The same key for the same publisher again changes nothing.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = PublisherKeyForm.class)))
    @APIResponse(
            responseCode = "201",
            description = "The key is trusted",
            content = @Content(schema = @Schema(implementation = PublisherKeyView.class)))
    public Uni<Response> trust() {
        Actor actor = caller.actor();
        return body.form(PublisherKeyForm.MEMBERS, fields -> PublisherKeyForm.read(fields, clock.instant()))
                .chain(wanted -> keys.add(actor.tenant(), wanted, entry(actor, AuditAction.PUBLISHER_KEY_TRUST, wanted))
                        .invoke(kept -> requireSame(wanted, kept)))
                .map(kept -> Response.status(Response.Status.CREATED)
                        .header(
                                HttpHeaders.LOCATION,
                                BASE + "/publishers/" + kept.key().fingerprint())
                        .entity(PublisherKeyView.of(kept))
                        .build());
    }

    @DELETE
    @Path("{fingerprint}")
    @Allowed(Role.ADMIN)
    @Operation(
            summary = "Revoke a publisher's key",
            description =
                    "What it signed counts no more, whenever that was: plugins whose level needs it stop serving on every replica.")
    @APIResponse(responseCode = "204", description = "It is revoked")
    public Uni<Response> revoke(@PathParam("fingerprint") String fingerprint) {
        Actor actor = caller.actor();
        Digest key = Digest.parse(fingerprint).orElseThrow(() -> notFound(fingerprint));
        AuditEntry audit = new AuditEntry(actor, AuditAction.PUBLISHER_KEY_REVOKE, "publisher-key:" + key, Map.of());
        return keys.revoke(actor.tenant(), key, audit)
                .map(found ->
                        found.map(revoked -> Response.noContent().build()).orElseThrow(() -> notFound(fingerprint)));
    }

    private static void requireSame(TrustedKey wanted, TrustedKey kept) {
        if (!kept.publisher().equals(wanted.publisher()) || kept.revokedAt().isPresent()) {
            throw new ProblemException(
                    ProblemCode.REQUEST_INVALID,
                    "The key " + kept.key().fingerprint() + " is known as one of `" + kept.publisher() + "`"
                            + kept.revokedAt()
                                    .map(when -> ", revoked at " + when)
                                    .orElse("")
                            + ": a key stays what it was; make another.",
                    Map.of(FactKey.FOUND, kept.publisher(), FactKey.EXPECTED, wanted.publisher()));
        }
    }

    private static AuditEntry entry(Actor actor, AuditAction action, TrustedKey key) {
        return new AuditEntry(
                actor,
                action,
                "publisher-key:" + key.key().fingerprint(),
                Map.of(
                        "publisher",
                        key.publisher(),
                        "algorithm",
                        key.key().algorithm().publicName()));
    }

    private static ProblemException notFound(String fingerprint) {
        return new ProblemException(
                ProblemCode.NOT_FOUND, "There is no publisher's key " + GuestText.quote(fingerprint) + ".");
    }

    /** Every key of a tenant. */
    public record PublisherKeyListView(List<PublisherKeyView> keys) {}

    /** A key and whether it counts. */
    public record PublisherKeyView(
            String fingerprint,
            String publisher,
            String algorithm,
            String publicKey,
            Instant validFrom,
            @Nullable Instant expiresAt,
            @Nullable Instant revokedAt) {

        static PublisherKeyView of(TrustedKey trusted) {
            return new PublisherKeyView(
                    trusted.key().fingerprint().value(),
                    trusted.publisher(),
                    trusted.key().algorithm().publicName(),
                    trusted.key().pem(),
                    trusted.validFrom(),
                    trusted.expiresAt().orElse(null),
                    trusted.revokedAt().orElse(null));
        }
    }
}
