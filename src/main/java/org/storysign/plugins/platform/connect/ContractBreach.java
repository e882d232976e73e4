package org.storysign.plugins.platform.connect;

/** An answer that is not as the service's contract says. The message says where, and nothing of what was found there. */
final class ContractBreach extends RuntimeException {

    private static final long serialVersionUID = 1;

    ContractBreach(String where) {
        super(where, null, false, false);
    }
}
