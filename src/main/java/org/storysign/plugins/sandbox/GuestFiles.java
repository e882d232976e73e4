package org.storysign.plugins.sandbox;

import org.storysign.plugins.identity.CallContext;

/** Port: the files a guest can reach. {@link #NONE} is the default everywhere. */
@FunctionalInterface
public interface GuestFiles {

    /** No directory at all. */
    GuestFiles NONE = context -> FileSession.EMPTY;

    /** What there is for one call. Nothing is asked of anybody before the guest asks. */
    FileSession open(CallContext context);
}
