package org.storysign.plugins.wasm;

import java.util.OptionalLong;

/** The module's own table, in entries. */
public record TableShape(ValueType element, long minimum, OptionalLong maximum) {}
