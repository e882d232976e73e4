package org.storysign.plugins.rest.history;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.rest.http.PluginAddress;

/** Who asks for a log with {@code follow=true} is answered by events, whatever it says it accepts: a browser and curl say otherwise. */
@ApplicationScoped
public class FollowAsEvents {

    private static final int EARLY = 10_000;

    void register(@Observes Filters filters) {
        filters.register(FollowAsEvents::accept, EARLY);
    }

    private static void accept(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        String path = request.path();
        if (path != null && path.startsWith(PluginAddress.BASE) && path.endsWith("/logs")) {
            if ("true".equals(request.getParam("follow"))) {
                request.headers().set(HttpHeaders.ACCEPT, MediaType.SERVER_SENT_EVENTS);
            } else if (takesAnything(request.getHeader(HttpHeaders.ACCEPT))) {
                request.headers().set(HttpHeaders.ACCEPT, MediaType.APPLICATION_JSON);
            }
        }
        routing.next();
    }

    private static boolean takesAnything(@Nullable String accept) {
        return accept == null || accept.contains(MediaType.WILDCARD);
    }
}
