package org.storysign.plugins.plugin.history;

import java.util.Optional;
import java.util.function.LongSupplier;
import org.storysign.plugins.identity.CallContext;
import org.storysign.plugins.identity.TraceId;
import org.storysign.plugins.manifest.Version;

/**
 * One call of one export.
 *
 * @param context for whom; that there was a user is kept, not which
 * @param release which one served
 * @param trace of the request that led to it
 * @param input the same number for the same input, nearly always another for another; made when somebody asks
 */
public record Invocation(
        CallContext context, Version release, Occasion occasion, Optional<TraceId> trace, LongSupplier input) {

    /** One about whose input nobody asks. */
    public Invocation(CallContext context, Version release, Occasion occasion, Optional<TraceId> trace) {
        this(context, release, occasion, trace, () -> 0);
    }
}
