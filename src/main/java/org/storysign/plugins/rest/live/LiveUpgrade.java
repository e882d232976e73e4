package org.storysign.plugins.rest.live;

import io.quarkus.websockets.next.HttpUpgradeCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What is refused before there is a connection: an origin that is not allowed (403) and what cannot be a ticket (401). A client that
 * is no browser sends no origin; its ticket speaks for it.
 */
@ApplicationScoped
public class LiveUpgrade implements HttpUpgradeCheck {

    private static final int UNAUTHENTICATED = 401;
    private static final int FORBIDDEN = 403;
    private static final Pattern TICKET = Pattern.compile("ssu_[A-Za-z0-9_-]{43}");

    private final LiveSettings settings;

    @Inject
    LiveUpgrade(LiveSettings settings) {
        this.settings = settings;
    }

    @Override
    public Uni<CheckResult> perform(HttpUpgradeContext context) {
        String origin = context.httpRequest().getHeader("Origin");
        if (origin != null && !settings.allowedOrigins().orElse(Set.of()).contains(origin)) {
            return CheckResult.rejectUpgrade(FORBIDDEN);
        }
        String ticket = context.httpRequest().getParam("ticket");
        if (ticket == null || !TICKET.matcher(ticket).matches()) {
            return CheckResult.rejectUpgrade(UNAUTHENTICATED);
        }
        return CheckResult.permitUpgrade();
    }
}
