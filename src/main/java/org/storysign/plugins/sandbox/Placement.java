package org.storysign.plugins.sandbox;

import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.wasm.WasmBinary;

/**
 * For whom a module is made ready.
 *
 * @param source the module as its author built it
 */
public record Placement(TenantId tenant, PluginId plugin, SecurityLevel level, WasmBinary source) {}
