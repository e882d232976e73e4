package org.storysign.plugins.platform;

import org.storysign.plugins.limits.MemorySize;

/**
 * How much may be sent to be handled later.
 *
 * @param ofPlugin events one plugin may have that are not done; its dead letters count
 * @param ofTenant events of a tenant that wait or are in work
 * @param deepest how many emitted hooks may lead to one another
 * @param largest bytes of UTF-8 of one event's call
 */
public record EventLimits(int ofPlugin, int ofTenant, int deepest, MemorySize largest) {

    public EventLimits {
        if (ofPlugin < 1 || ofTenant < 1 || deepest < 1 || largest.bytes() < 1) {
            throw new IllegalArgumentException("each limit of the queue is at least 1");
        }
    }
}
