package org.storysign.plugins.plugin;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.audit.AuditAction;
import org.storysign.plugins.audit.AuditEntry;
import org.storysign.plugins.identity.Actor;
import org.storysign.plugins.identity.Digest;
import org.storysign.plugins.identity.TenantId;

/** Blocked digests of plugins in maps, for tests. */
final class InMemoryDigestBlocks implements DigestBlocks {

    private final InMemoryPluginStore store;

    InMemoryDigestBlocks(InMemoryPluginStore store) {
        this.store = store;
    }

    @Override
    public Uni<List<BlockedDigest>> list(TenantId tenant) {
        return Uni.createFrom().item(() -> store.blocked(tenant));
    }

    @Override
    public Uni<Blocking> block(Digest digest, Reach reach, String reason, Actor actor) {
        return Uni.createFrom().item(() -> {
            BlockedDigest block =
                    new BlockedDigest(digest, reach == Reach.EVERYWHERE, reason, actor.name(), Instant.EPOCH);
            @Nullable
            List<TenantId> changed = store.block(block, actor.tenant(), entry(actor, AuditAction.DIGEST_BLOCK, digest));
            return new Blocking(block, changed == null ? List.of() : changed);
        });
    }

    @Override
    public Uni<Boolean> unblock(Digest digest, Reach reach, Actor actor) {
        Optional<TenantId> tenant = reach == Reach.EVERYWHERE ? Optional.empty() : Optional.of(actor.tenant());
        return Uni.createFrom()
                .item(() -> store.unblock(digest, tenant, entry(actor, AuditAction.DIGEST_UNBLOCK, digest)));
    }

    private static AuditEntry entry(Actor actor, AuditAction action, Digest digest) {
        return new AuditEntry(actor, action, "digest:" + digest, Map.of());
    }
}
