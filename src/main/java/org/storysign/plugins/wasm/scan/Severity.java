package org.storysign.plugins.wasm.scan;

/** What a finding means for the module. */
public enum Severity {
    /** Worth knowing; changes nothing. */
    INFO,
    /** The operator should look before enabling. */
    WARNING,
    /** The module is rejected. */
    REJECTED
}
