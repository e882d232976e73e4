package org.storysign.plugins.plugin;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.storysign.plugins.identity.Actor;
import org.storysign.plugins.identity.Digest;
import org.storysign.plugins.plugin.DigestBlocks.Reach;

/** Blocks digests and stops here what runs of them; other processes hear of it as of any change. Safe for concurrent use. */
@Singleton
public final class EmergencyStop {

    private final DigestBlocks blocks;
    private final PluginCatalog catalog;

    @Inject
    public EmergencyStop(DigestBlocks blocks, PluginCatalog catalog) {
        this.blocks = blocks;
        this.catalog = catalog;
    }

    /** When this answers, nothing of it runs in this process. */
    public Uni<BlockedDigest> block(Digest digest, Reach reach, String reason, Actor actor) {
        return blocks.block(digest, reach, reason, actor)
                .call(done -> Multi.createFrom()
                        .iterable(done.changed())
                        .onItem()
                        .transformToUniAndConcatenate(catalog::refresh)
                        .collect()
                        .last())
                .map(DigestBlocks.Blocking::blocked);
    }
}
