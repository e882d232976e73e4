package org.storysign.plugins.identity;

/** Of whom a plugin may speak while it runs; decided by the key that triggered the call. */
public enum UserReach {
    /** Only of the user on whose behalf it was called. */
    CALLS_USER,
    /** Of any user of the tenant. */
    ANY_USER
}
