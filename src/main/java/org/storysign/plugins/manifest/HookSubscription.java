package org.storysign.plugins.manifest;

import java.util.Optional;

/**
 * That a plugin wants to be called at a hook.
 *
 * @param hook the hook's name
 * @param type when, and what the answer means
 * @param target the product's function it is about; empty for any
 * @param handler the export to call
 * @param priority -1,000,000 to 1,000,000, ascending; 100 when the manifest does not say
 * @param onError what its failure does to the call; OPEN when the manifest does not say
 */
public record HookSubscription(
        HookName hook, HookType type, Optional<String> target, String handler, int priority, FailurePolicy onError) {

    public static final int DEFAULT_PRIORITY = 100;
}
