package org.storysign.plugins.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.storysign.plugins.identity.Digest;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.plugin.FactStore;
import org.storysign.plugins.wasm.scan.ModuleFacts;

/** Facts of modules beside their bytes. What cannot be read counts as not kept, and is found out again. */
@Singleton
public final class PostgresFactStore implements FactStore {

    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final TenantTransactions transactions;

    @Inject
    PostgresFactStore(TenantTransactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Uni<Map<Digest, ModuleFacts>> find(TenantId tenant, Collection<Digest> modules) {
        List<String> digests = modules.stream().map(Digest::value).distinct().toList();
        return transactions.read(
                tenant,
                () -> Panache.getSession()
                        .flatMap(session -> session.createNativeQuery(
                                        "SELECT digest, facts FROM artifact WHERE tenant = :tenant"
                                                + " AND digest IN (:digests) AND facts IS NOT NULL",
                                        Object[].class)
                                .setParameter("tenant", tenant.value())
                                .setParameter("digests", digests)
                                .getResultList())
                        .map(rows -> rows.stream()
                                .flatMap(row ->
                                        read((String) row[1])
                                                .map(facts -> Map.entry(new Digest((String) row[0]), facts))
                                                .stream())
                                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue))));
    }

    @Override
    public Uni<Void> keep(TenantId tenant, Digest module, ModuleFacts facts) {
        return transactions.read(
                tenant,
                () -> Panache.getSession()
                        .flatMap(session -> session.createNativeQuery(
                                        "UPDATE artifact SET facts = :facts WHERE tenant = :tenant AND digest = :digest")
                                .setParameter("facts", write(facts))
                                .setParameter("tenant", tenant.value())
                                .setParameter("digest", module.value())
                                .executeUpdate())
                        .replaceWithVoid());
    }

    private static Optional<ModuleFacts> read(String text) {
        try {
            return Optional.of(JSON.readValue(text, ModuleFacts.class));
        } catch (JsonProcessingException | IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    private static String write(ModuleFacts facts) {
        try {
            return JSON.writeValueAsString(facts);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("facts are plain values", e);
        }
    }
}
