package org.storysign.plugins.rest.hooks;

import static org.storysign.plugins.rest.http.PluginAddress.BASE;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.hook.CloudEvent;
import org.storysign.plugins.hook.HookCall;
import org.storysign.plugins.hook.HookCallReader;
import org.storysign.plugins.hook.HookCatalog;
import org.storysign.plugins.hook.HookChain;
import org.storysign.plugins.hook.HookDispatcher;
import org.storysign.plugins.identity.Actor;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.identity.TraceId;
import org.storysign.plugins.manifest.HookName;
import org.storysign.plugins.platform.OrderingKey;
import org.storysign.plugins.problem.GuestText;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.rest.http.Exchange;
import org.storysign.plugins.rest.http.LargestBody;
import org.storysign.plugins.rest.http.Parameters;
import org.storysign.plugins.rest.http.ReceivedBody;
import org.storysign.plugins.rest.http.Revisions;
import org.storysign.plugins.rest.http.UserAddress;
import org.storysign.plugins.security.Allowed;
import org.storysign.plugins.security.Caller;
import org.storysign.plugins.security.CurrentCaller;
import org.storysign.plugins.telemetry.CallMetrics;

/** The product says that something happens; operators see and decide who is asked. */
@Path(BASE + "/hooks")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "hooks")
public class HooksResource {

    private static final String CLOUD_EVENT = "application/cloudevents+json";

    private final HookDispatcher dispatcher;
    private final HookCatalog catalog;
    private final PolicyChange policies;
    private final CallMetrics metrics;
    private final CurrentCaller caller;
    private final ReceivedBody body;
    private final AsyncHooks later;
    private final Exchange exchange;
    private final HookCallReader reader = new HookCallReader();

    @Inject
    public HooksResource(
            HookDispatcher dispatcher,
            HookCatalog catalog,
            PolicyChange policies,
            CallMetrics metrics,
            CurrentCaller caller,
            ReceivedBody body,
            AsyncHooks later,
            Exchange exchange) {
        this.dispatcher = dispatcher;
        this.catalog = catalog;
        this.policies = policies;
        this.metrics = metrics;
        this.caller = caller;
        this.body = body;
        this.later = later;
        this.exchange = exchange;
    }

    @POST
    @Path("{hook_name}")
    @Consumes(MediaType.APPLICATION_JSON)
    // The largest input of any security level, and the rest of the call around it.
    @LargestBody(kib = 4_160)
    @Allowed(Role.CALLER)
    @Operation(
            summary = "Trigger a hook",
            description =
                    "Runs the hook's handlers in order and answers with what the product shall go on with. A hook nobody"
                            + " subscribed to is an empty chain: 200, unchanged. With `async=true` the handlers run later, at"
                            + " least once, and their answers go nowhere: 202 once the event is kept for good. With `dry_run=true` the handlers"
                            + " run, but nothing they do to storage, users, content, notifications or other hooks is kept, no"
                            + " request but GET and HEAD leaves, and what cannot be undone answers them `dry-run`.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = HookCallForm.class)))
    @APIResponse(
            responseCode = "200",
            description = "The combined answer, also when a handler failed open",
            content = @Content(schema = @Schema(implementation = HookAnswerView.class)))
    @APIResponse(
            responseCode = "202",
            description = "With async=true: where to ask how far it is, also as Location",
            content = @Content(schema = @Schema(implementation = AsyncHooks.AcceptedView.class)))
    @APIResponse(responseCode = "422", description = "hook-refused: a handler that must not fail has failed")
    @APIResponse(responseCode = "503", description = "queue-full: with async=true, nothing was accepted")
    @APIResponse(responseCode = "504", description = "hook-deadline-exceeded: the handlers did not finish in time")
    public Uni<Response> trigger(
            @PathParam("hook_name") String hook,
            @QueryParam("async") @Parameter(description = "true: handle it later") @Nullable String async,
            @QueryParam("ordering_key")
                    @Parameter(
                            description =
                                    "With async=true: events of one key are handled one at a time, in the order of their"
                                            + " acceptance")
                    @Nullable
                    String orderingKey,
            @QueryParam("dry_run")
                    @Parameter(description = "true: run the handlers, and keep nothing of what they do")
                    @Nullable
                    String dryRun) {
        HookName name = name(hook);
        Way way = way(async, orderingKey, dryRun);
        Asker by = asker();
        return body.object().chain(request -> run(name, request, way, by));
    }

    @POST
    @Consumes(CLOUD_EVENT)
    @LargestBody(kib = 4_160)
    @Allowed(Role.CALLER)
    @Operation(
            summary = "Trigger a hook by a CloudEvent",
            description =
                    "A CloudEvent 1.0 in structured JSON: its type is the hook's name, the end of its dataschema the hook's type (such"
                            + " as urn:storysign:hook:after), its data the rest of what POST /hooks/{hook_name} takes. Answered as that.")
    @RequestBody(
            required = true,
            content = @Content(mediaType = CLOUD_EVENT, schema = @Schema(implementation = CloudEventForm.class)))
    @APIResponse(
            responseCode = "200",
            description = "The combined answer, also when a handler failed open",
            content = @Content(schema = @Schema(implementation = HookAnswerView.class)))
    @APIResponse(
            responseCode = "202",
            description = "With async=true: where to ask how far it is, also as Location",
            content = @Content(schema = @Schema(implementation = AsyncHooks.AcceptedView.class)))
    public Uni<Response> triggerByEvent(
            @QueryParam("async") @Parameter(description = "true: handle it later") @Nullable String async,
            @QueryParam("ordering_key")
                    @Parameter(description = "With async=true: events of one key are handled one at a time")
                    @Nullable
                    String orderingKey,
            @QueryParam("dry_run")
                    @Parameter(description = "true: run the handlers, and keep nothing of what they do")
                    @Nullable
                    String dryRun) {
        Way way = way(async, orderingKey, dryRun);
        Asker by = asker();
        return body.object().map(CloudEvent::read).chain(event -> run(event.hook(), event.call(), way, by));
    }

    /** A CloudEvent, for the API's description. */
    @Schema(name = "CloudEvent")
    record CloudEventForm(
            @Schema(examples = "1.0", required = true) String specversion,
            @Schema(required = true) String id,

            @Schema(examples = "/asl-world", required = true)
            String source,

            @Schema(examples = "story_generation", required = true)
            String type,

            @Schema(examples = "urn:storysign:hook:filter", required = true)
            String dataschema,

            @Schema(required = true) HookCallForm data) {}

    /** Who asks, and by which request. */
    private record Asker(Caller caller, TraceId trace) {}

    private Asker asker() {
        return new Asker(caller.get(), exchange.trace());
    }

    /** When and how a hook is handled. */
    private record Way(boolean isAsync, Optional<OrderingKey> key, boolean isDry) {}

    private static Way way(@Nullable String async, @Nullable String orderingKey, @Nullable String dryRun) {
        boolean isDry = Parameters.flag("dry_run", dryRun);
        boolean isAsync = Parameters.flag("async", async);
        Optional<OrderingKey> key =
                Parameters.parsed("ordering_key", orderingKey, OrderingKey::parse, OrderingKey.FORM);
        if (key.isPresent() && !isAsync) {
            throw new ProblemException(
                    ProblemCode.REQUEST_INVALID, "The parameter ordering_key is said without async=true.");
        }
        if (isDry && isAsync) {
            throw new ProblemException(
                    ProblemCode.REQUEST_INVALID, "The parameters dry_run and async exclude each other.");
        }
        return new Way(isAsync, key, isDry);
    }

    private Uni<Response> run(HookName name, ObjectNode request, Way way, Asker by) {
        HookCall call = read(name, request, by);
        return way.isAsync ? later.accept(call, request.toString(), way.key) : now(way.isDry ? call.dry() : call);
    }

    private Uni<Response> now(HookCall call) {
        return Uni.createFrom()
                .completionStage(() -> dispatcher.dispatch(call))
                .invoke(metrics::record)
                .map(outcome ->
                        Response.ok(HookAnswerView.of(call.hook(), outcome)).build());
    }

    private HookCall read(HookName hook, ObjectNode request, Asker by) {
        HookCall call = reader.read(by.caller.actor().tenant(), hook, request);
        call.origin().user().ifPresent(_ -> UserAddress.requireAny(by.caller));
        return call.reaching(by.caller.reach()).traced(by.trace);
    }

    @GET
    @Allowed(Role.VIEWER)
    @Operation(summary = "List hooks", description = "Every hook that an enabled plugin subscribed to, with its chain.")
    public Uni<HookListView> list() {
        return catalog.all(caller.actor().tenant())
                .map(chains ->
                        new HookListView(chains.stream().map(HookChainView::of).toList()));
    }

    /** Hooks by name. */
    public record HookListView(List<HookChainView> hooks) {}

    @GET
    @Path("{hook_name}")
    @Allowed(Role.VIEWER)
    @Operation(
            summary = "Look at a hook",
            description = "Its handlers in order, and its policy, whose revision is the ETag.")
    @APIResponse(
            responseCode = "200",
            description = "The chain",
            content = @Content(schema = @Schema(implementation = HookChainView.class)))
    public Uni<Response> get(@PathParam("hook_name") String hook) {
        return catalog.chain(caller.actor().tenant(), name(hook)).map(HooksResource::answer);
    }

    @PUT
    @Path("{hook_name}/policy")
    @Consumes(MediaType.APPLICATION_JSON)
    @Allowed(Role.OPERATOR)
    @Operation(
            summary = "Decide on a hook's order and failures",
            description =
                    "Plugins in `order` run first, in that order. `on_error` wins over every manifest's. If-Match with the"
                            + " hook's present ETag is required; \"0\" when nothing was ever decided.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = PolicyForm.class)))
    @APIResponse(
            responseCode = "200",
            description = "The chain under the new policy",
            content = @Content(schema = @Schema(implementation = HookChainView.class)))
    public Uni<Response> putPolicy(
            @PathParam("hook_name") String hook, @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
        HookName name = name(hook);
        Actor actor = caller.actor();
        long revision = Revisions.required(ifMatch);
        return body.form(PolicyForm.MEMBERS, fields -> PolicyForm.read(fields, revision))
                .chain(policy -> policies.apply(name, policy, actor))
                .map(HooksResource::answer);
    }

    private static Response answer(HookChain chain) {
        return Revisions.answer(HookChainView.of(chain), chain.policy().revision(), null);
    }

    private static HookName name(String text) {
        return HookName.parse(text)
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.REQUEST_INVALID,
                        GuestText.quote(text) + " is no hook's name, expected [a-z0-9][a-z0-9_.-]{0,99}."));
    }
}
