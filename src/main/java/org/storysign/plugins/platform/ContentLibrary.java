package org.storysign.plugins.platform;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.identity.UserId;

/**
 * Port: the product's content as plugins see it. Blocking; called on guest threads inside {@code HostCall.waiting}. Fails with
 * {@code ProblemException} as {@link PlatformServices} says.
 */
public interface ContentLibrary {

    /** Characters of an item's text that lists show. */
    int EXCERPT = 200;

    Optional<ContentItem> find(Reader reader, String id, Duration timeout);

    /** The newest first; the cursor is the number of the last item seen. */
    List<ContentItem> list(Reader reader, Optional<String> kind, ServicePage page, Duration timeout);

    /** What fits best first; the cursor is how many were seen. */
    List<ContentItem> search(Reader reader, Search search, ServicePage page, Duration timeout);

    /** Keeps a new item of the plugin. False when it has as many as {@code most} already; then nothing changed. */
    boolean create(NewContent content, int most, Duration timeout);

    /** Who looks, and by which plugin: what all share is there for everybody, a user's own for that user only. */
    record Reader(TenantId tenant, PluginId plugin, Optional<UserId> user) {}

    /**
     * What is looked for.
     *
     * @param words as people type them into a search box: {@code "a phrase"}, {@code or}, {@code -without}
     * @param language in which the words are bent, and in which the content is; empty for the words as they are said, in any
     */
    record Search(String words, Optional<String> kind, Optional<String> language) {}

    /** An item to be kept, and whose plugin's it is. */
    record NewContent(TenantId tenant, PluginId plugin, String id, ContentDraft draft) {}
}
