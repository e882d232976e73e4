package org.storysign.plugins.platform;

import org.storysign.plugins.permission.Grants;
import org.storysign.plugins.sandbox.HttpAccess;

/** Port: what a plugin's {@code http_request} can reach on the terms of its grants. */
@FunctionalInterface
public interface OutboundHttp {

    /** Nothing, for anybody. */
    OutboundHttp NONE = grants -> HttpAccess.NONE;

    /** Access to the granted hosts by the granted methods; {@link HttpAccess#NONE} without {@code network:access}. */
    HttpAccess accessFor(Grants grants);
}
