package org.storysign.plugins.platform;

import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;

/**
 * What the gate keeps besides permissions.
 *
 * @param terms of every service; what is not in the map has its usual ones
 * @param ledger daily quotas over all processes
 * @param clock whose days they are
 * @param listener is told of every answer
 */
public record GateKeeping(
        Map<PlatformService, ServiceTerms> terms, QuotaLedger ledger, Clock clock, GateListener listener) {

    /** The usual terms, no daily quotas, nobody told: for the author's own machine. */
    public static final GateKeeping LOCAL =
            new GateKeeping(Map.of(), QuotaLedger.UNLIMITED, Clock.systemUTC(), GateListener.NONE);

    public GateKeeping {
        EnumMap<PlatformService, ServiceTerms> complete = new EnumMap<>(PlatformService.class);
        for (PlatformService service : PlatformService.values()) {
            complete.put(service, terms.getOrDefault(service, service.usual()));
        }
        terms = Map.copyOf(complete);
    }

    /** The terms of one service. */
    public ServiceTerms of(PlatformService service) {
        return terms.getOrDefault(service, service.usual());
    }
}
