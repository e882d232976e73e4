package org.storysign.plugins.sandbox;

import java.util.Map;

/**
 * What a new instance is joined to.
 *
 * @param functions host functions by {@code module.name}, in the order of the module's imports and exactly those
 * @param call the call they serve: engines pass every host call through {@link GuestCall#callHost}
 * @param budget what the instance's memory is counted against; {@code memory.grow} beyond it answers -1
 */
public record Linkage(Map<String, HostFunction> functions, GuestCall call, MemoryBudget budget) {}
