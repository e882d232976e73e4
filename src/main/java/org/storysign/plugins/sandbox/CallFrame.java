package org.storysign.plugins.sandbox;

/** What a {@link CallingConvention} keeps for one call: input, output, its own memory. Made before the instance, gone with it. */
public interface CallFrame {}
