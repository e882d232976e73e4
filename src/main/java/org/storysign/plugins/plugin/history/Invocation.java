package org.storysign.plugins.plugin.history;

import java.util.Optional;
import org.storysign.plugins.identity.CallContext;
import org.storysign.plugins.identity.TraceId;
import org.storysign.plugins.manifest.Version;

/**
 * One call of one export.
 *
 * @param context for whom; that there was a user is kept, not which
 * @param release which one served
 * @param trace of the request that led to it
 */
public record Invocation(CallContext context, Version release, Occasion occasion, Optional<TraceId> trace) {}
