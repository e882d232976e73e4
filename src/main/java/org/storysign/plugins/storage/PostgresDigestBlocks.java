package org.storysign.plugins.storage;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.storysign.plugins.audit.AuditAction;
import org.storysign.plugins.audit.AuditEntry;
import org.storysign.plugins.identity.Actor;
import org.storysign.plugins.identity.Digest;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.plugin.BlockedDigest;
import org.storysign.plugins.plugin.DigestBlocks;

/** Blocked digests in PostgreSQL, where blocking and stopping are one transaction. */
@Singleton
public final class PostgresDigestBlocks implements DigestBlocks {

    private final TenantTransactions transactions;

    @Inject
    PostgresDigestBlocks(TenantTransactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Uni<List<BlockedDigest>> list(TenantId tenant) {
        return transactions.read(
                tenant,
                () -> BlockedDigestRow.<BlockedDigestRow>list("key.tenant", tenant.value())
                        .flatMap(own -> everywhere()
                                .map(all -> Stream.concat(own.stream(), all.stream())
                                        .map(BlockedDigestRow::toBlocked)
                                        .sorted(Comparator.comparing((BlockedDigest each) ->
                                                        each.digest().value())
                                                .thenComparing(BlockedDigest::everywhere))
                                        .toList())));
    }

    private static Uni<List<BlockedDigestRow>> everywhere() {
        return Panache.getSession()
                .flatMap(session -> session.createNativeQuery(
                                "SELECT * FROM blocked_everywhere()", BlockedDigestRow.class)
                        .getResultList());
    }

    @Override
    public Uni<Blocking> block(Digest digest, Reach reach, String reason, Actor actor) {
        return switch (reach) {
            case TENANT -> inTenant(digest, reason, actor);
            case EVERYWHERE -> everywhere(digest, reason, actor);
        };
    }

    private Uni<Blocking> inTenant(Digest digest, String reason, Actor actor) {
        TenantId tenant = actor.tenant();
        return transactions.change(
                tenant,
                () -> BlockedDigestRow.<BlockedDigestRow>findById(BlockedDigestRow.Key.of(tenant, digest))
                        .flatMap(known -> known != null
                                ? Uni.createFrom().item(new Change.None<>(new Blocking(known.toBlocked(), List.of())))
                                : BlockedDigestRow.of(tenant, digest, reason, actor.name())
                                        .<BlockedDigestRow>persist()
                                        .call(Panache::flush)
                                        .flatMap(row -> stop(digest, reason)
                                                .map(stopped -> new Change.OfCatalogue<>(
                                                        new Blocking(row.toBlocked(), List.of(tenant)),
                                                        entry(actor, digest, reason, stopped))))));
    }

    private static Uni<String[]> stop(Digest digest, String reason) {
        return Panache.getSession()
                .flatMap(session -> session.createNativeQuery("SELECT block_stop(:digest, :reason)", String[].class)
                        .setParameter("digest", digest.value())
                        .setParameter("reason", reason)
                        .getSingleResult()
                        .invoke(session::clear));
    }

    private static AuditEntry entry(Actor actor, Digest digest, String reason, String[] stopped) {
        return new AuditEntry(
                actor,
                AuditAction.DIGEST_BLOCK,
                "digest:" + digest,
                Map.of("reason", reason, "everywhere", false, "plugins", List.of(stopped)));
    }

    private Uni<Blocking> everywhere(Digest digest, String reason, Actor actor) {
        return transactions
                .acrossTenants(() -> Panache.getSession()
                        .flatMap(session -> session.createNativeQuery(
                                        "SELECT block_everywhere(:digest, :reason, :who, :tenant)", String[].class)
                                .setParameter("digest", digest.value())
                                .setParameter("reason", reason)
                                .setParameter("who", actor.name())
                                .setParameter("tenant", actor.tenant().value())
                                .getSingleResultOrNull())
                        .map(Optional::ofNullable))
                .flatMap(concerned -> everywhere(digest, concerned.map(List::of).orElse(List.of()), actor.tenant()));
    }

    private Uni<Blocking> everywhere(Digest digest, List<String> concerned, TenantId tenant) {
        return list(tenant)
                .map(all -> new Blocking(
                        all.stream()
                                .filter(each ->
                                        each.everywhere() && each.digest().equals(digest))
                                .findFirst()
                                .orElseThrow(() -> new IllegalStateException("what was blocked is not there")),
                        concerned.stream().map(TenantId::new).toList()));
    }

    @Override
    public Uni<Boolean> unblock(Digest digest, Reach reach, Actor actor) {
        AuditEntry entry = new AuditEntry(
                actor, AuditAction.DIGEST_UNBLOCK, "digest:" + digest, Map.of("everywhere", reach == Reach.EVERYWHERE));
        return transactions.change(
                actor.tenant(),
                () -> (reach == Reach.EVERYWHERE ? deleteEverywhere(digest) : delete(actor.tenant(), digest))
                        .map(gone -> gone ? new Change.OfRecords<>(true, entry) : new Change.None<>(false)));
    }

    private static Uni<Boolean> delete(TenantId tenant, Digest digest) {
        return BlockedDigestRow.deleteById(BlockedDigestRow.Key.of(tenant, digest));
    }

    private static Uni<Boolean> deleteEverywhere(Digest digest) {
        return Panache.getSession()
                .flatMap(session -> session.createNativeQuery("SELECT unblock_everywhere(:digest)", Boolean.class)
                        .setParameter("digest", digest.value())
                        .getSingleResult());
    }
}
