package org.storysign.plugins.sandbox;

import java.util.Map;

/**
 * What a new instance is joined to.
 *
 * @param functions host functions by {@code module.name}; every import of the module is among them
 * @param call the call they serve; its memory is the instance's
 * @param meter fuel, depth, time and cancel
 * @param budget what the instance's memory is counted against; {@code memory.grow} beyond it answers -1
 */
public record Linkage(
        Map<String, HostFunction> functions, CallFrame frame, CallRequest request, Meter meter, MemoryBudget budget) {}
