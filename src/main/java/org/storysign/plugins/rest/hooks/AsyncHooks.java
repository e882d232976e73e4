package org.storysign.plugins.rest.hooks;

import static org.storysign.plugins.rest.http.PluginAddress.BASE;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.storysign.plugins.hook.HookCall;
import org.storysign.plugins.identity.EventId;
import org.storysign.plugins.platform.EventIntake;
import org.storysign.plugins.platform.NewEvent;
import org.storysign.plugins.platform.OrderingKey;

/** Takes hooks in that the product does not wait for. */
@ApplicationScoped
class AsyncHooks {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final EventIntake intake;

    @Inject
    AsyncHooks(EventIntake intake) {
        this.intake = intake;
    }

    /**
     * Answers 202 once the event is committed.
     *
     * @param call as it was read, for what handlers may see
     * @param body JSON text of the same
     */
    Uni<Response> accept(HookCall call, String body, Optional<OrderingKey> key) {
        NewEvent event = new NewEvent(
                EventId.random(),
                new NewEvent.Sender(call.tenant(), Optional.empty()),
                call.hook(),
                call.origin().user(),
                key,
                0,
                body);
        return Uni.createFrom()
                .item(() -> intake.accept(event, PATIENCE))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .map(AsyncHooks::answer);
    }

    private static Response answer(EventId id) {
        String address = BASE + "/queue/" + id;
        return Response.accepted(new AcceptedView(id.toString(), "queued", address))
                .header(HttpHeaders.LOCATION, address)
                .build();
    }

    /**
     * A hook that is handled later.
     *
     * @param operation where to ask how far it is
     */
    @Schema(name = "AcceptedHookView")
    public record AcceptedView(String eventId, String state, String operation) {}
}
