package org.storysign.plugins.platform;

import java.time.Instant;
import java.util.Optional;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.UserId;

/**
 * A piece of content: a story, a lesson.
 *
 * @param number grows with every item of the tenant; the order of lists
 * @param id as the product named it, or {@code c-} and a UUID
 * @param draft what it says; in lists and searches the first {@link ContentLibrary#EXCERPT} characters of its text only
 * @param plugin which made it; empty for the product
 * @param revision grows with every change; its ETag
 */
public record ContentItem(
        long number, String id, ContentDraft draft, Optional<PluginId> plugin, long revision, Instant createdAt) {

    /** Whose it is; empty for what all of the tenant's users share. */
    public Optional<UserId> user() {
        return draft.user();
    }
}
