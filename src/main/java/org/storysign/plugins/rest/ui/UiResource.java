package org.storysign.plugins.rest.ui;

import static org.storysign.plugins.rest.http.PluginAddress.BASE;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.net.HostAndPort;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.endpoint.UiFiles;
import org.storysign.plugins.identity.Digest;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.rest.http.AnswerFilter;
import org.storysign.plugins.security.Allowed;
import org.storysign.plugins.security.Caller;
import org.storysign.plugins.security.CurrentCaller;
import org.storysign.plugins.security.Open;

/** Plugins' user interface, for the product's pages. */
@Path(BASE + "/ui")
@Tag(name = "user interface")
public class UiResource {

    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final String NO_DEVICES =
            "accelerometer=(), autoplay=(), bluetooth=(), camera=(), clipboard-read=(),"
                    + " display-capture=(), geolocation=(), gyroscope=(), hid=(), microphone=(), midi=(), payment=(),"
                    + " publickey-credentials-get=(), screen-wake-lock=(), serial=(), usb=()";

    private final UiFiles files;
    private final FramePolicy policy;
    private final CurrentCaller caller;
    private final CurrentVertxRequest exchange;
    private final byte[] bridge = script("bridge.js");
    private final byte[] widget = script("widget.js");

    @Inject
    UiResource(UiFiles files, FramePolicy policy, CurrentCaller caller, CurrentVertxRequest exchange) {
        this.files = files;
        this.policy = policy;
        this.caller = caller;
        this.exchange = exchange;
    }

    @GET
    @Path("components")
    @Produces(MediaType.APPLICATION_JSON)
    @Allowed(value = Role.CALLER, reach = Allowed.Reach.ANY_KEY)
    @Operation(
            summary = "List UI components",
            description =
                    "Of enabled plugins that were granted modify:ui, by plugin id. Show each by the bridge in a sandboxed frame.")
    public ComponentListView components(
            @QueryParam("slot") @Parameter(description = "Only those for this slot") @Nullable String slot) {
        Caller by = caller.get();
        return new ComponentListView(files.components(by.actor().tenant()).stream()
                .filter(offered -> by.reaches(offered.plugin()))
                .filter(offered -> slot == null || offered.component().slot().equals(slot))
                .map(ComponentView::of)
                .toList());
    }

    /** What the product may show. */
    public record ComponentListView(List<ComponentView> components) {}

    @GET
    @Path("files/{digest}/{file: .+}")
    @Produces(MediaType.WILDCARD)
    @Open
    @Operation(
            summary = "A plugin's UI file",
            description =
                    "By the digest of its package, which nobody knows who was not told of the component. Needs no key.")
    @APIResponse(responseCode = "200", description = "The file; it never changes")
    public Uni<Response> file(@PathParam("digest") String hex, @PathParam("file") String path) {
        Optional<Digest> digest = Digest.parse("sha256:" + hex);
        if (digest.isEmpty()) {
            throw notFound();
        }
        HostAndPort authority = exchange.getCurrent().request().authority();
        String host = authority == null ? null : authority.toString();
        return files.file(digest.get(), path).map(found -> {
            UiFiles.UiFile file = found.orElseThrow(UiResource::notFound);
            return forFrames(Response.ok(file.content()).header(HttpHeaders.CONTENT_TYPE, file.mediaType()))
                    .header(AnswerFilter.POLICY, policy.of(digest.get(), host))
                    .header(FramePolicy.CONNECTIONS_HEADER, FramePolicy.CONNECTIONS)
                    .header(HttpHeaders.CACHE_CONTROL, "public, max-age=31536000, immutable")
                    .header(HttpHeaders.VARY, "Host")
                    .header("Referrer-Policy", "no-referrer")
                    .header("X-DNS-Prefetch-Control", "off")
                    .header("Permissions-Policy", NO_DEVICES)
                    .build();
        });
    }

    @GET
    @Path("bridge.js")
    @Produces(SCRIPT)
    @Open
    @Operation(
            summary = "The bridge for the product's page",
            description = "An ES module: `mount` shows a component in a sandboxed frame and answers what it asks for.")
    public Response bridge() {
        return module(bridge);
    }

    @GET
    @Path("widget.js")
    @Produces(SCRIPT)
    @Open
    @Operation(
            summary = "The bridge for a plugin's page",
            description = "An ES module: `connect` reaches the product's page around the frame.")
    public Response widget() {
        return module(widget);
    }

    private static Response module(byte[] script) {
        return forFrames(Response.ok(script.clone(), SCRIPT))
                .header(HttpHeaders.CACHE_CONTROL, "public, max-age=3600")
                .build();
    }

    /** A sandboxed page has no origin, so what it imports must be for all origins; it is public anyway. */
    private static Response.ResponseBuilder forFrames(Response.ResponseBuilder answer) {
        return answer.header("Access-Control-Allow-Origin", "*").header("Cross-Origin-Resource-Policy", "cross-origin");
    }

    private static ProblemException notFound() {
        return new ProblemException(ProblemCode.NOT_FOUND, "No plugin that is enabled shows such a file.");
    }

    private static byte[] script(String name) {
        try (InputStream file = UiResource.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(file, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
