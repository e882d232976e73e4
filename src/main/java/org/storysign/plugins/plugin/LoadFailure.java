package org.storysign.plugins.plugin;

import org.storysign.plugins.identity.Digest;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.problem.ProblemCode;

/**
 * An enabled plugin that this process cannot serve.
 *
 * @param module its module's digest
 * @param code why
 * @param detail why, for a person
 */
public record LoadFailure(TenantId tenant, PluginId plugin, Digest module, ProblemCode code, String detail) {}
