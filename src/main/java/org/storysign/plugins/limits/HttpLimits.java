package org.storysign.plugins.limits;

/**
 * What a call may ask of other servers.
 *
 * @param requests number of requests a call, 0 or more
 * @param body largest body sent or received
 */
public record HttpLimits(int requests, MemorySize body) {

    HttpLimits atMost(HttpLimits ceiling) {
        return new HttpLimits(
                Math.min(requests, ceiling.requests), body.compareTo(ceiling.body) <= 0 ? body : ceiling.body);
    }
}
