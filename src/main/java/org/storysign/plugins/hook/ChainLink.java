package org.storysign.plugins.hook;

import org.storysign.plugins.manifest.FailurePolicy;
import org.storysign.plugins.manifest.HookSubscription;
import org.storysign.plugins.plugin.EnabledPlugin;

/**
 * One handler in a chain.
 *
 * @param onError the hook policy's word, else the manifest's
 */
public record ChainLink(EnabledPlugin plugin, HookSubscription subscription, FailurePolicy onError) {}
