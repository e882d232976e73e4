package org.storysign.plugins.architecture.broken.problem;

/** Seen from above, as it may be. */
public record Fault(String code) {}
