package org.storysign.plugins.platform;

/** When a write may happen. */
public sealed interface WriteCondition {

    /** Always. */
    record Always() implements WriteCondition {}

    /** Only when the key is not there. */
    record Absent() implements WriteCondition {}

    /** Only when the key is there at this revision. */
    record AtRevision(long revision) implements WriteCondition {}
}
