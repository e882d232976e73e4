package org.storysign.plugins.storage;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.permission.PermissionName;
import org.storysign.plugins.plugin.TenantPolicy;

/** What a tenant may do. */
@Entity
@Table(name = "tenant_policy")
@SuppressWarnings("NullAway.Init") // Hibernate fills what it reads
public class TenantPolicyRow extends PanacheEntityBase {

    @Id
    public String tenant;

    @Column(name = "usual_level")
    public String usualLevel;

    @Column(name = "loosest_level")
    public String loosestLevel;

    @Column(name = "never_granted")
    public String[] neverGranted;

    @Column(name = "most_plugins")
    public @Nullable Integer mostPlugins;

    public long revision;

    static TenantPolicyRow of(TenantId tenant, TenantPolicy policy) {
        TenantPolicyRow row = new TenantPolicyRow();
        row.tenant = tenant.value();
        row.write(policy);
        return row;
    }

    /** The policy of the tenant that the transaction names; the usual one when nobody wrote any. */
    static Uni<TenantPolicy> read(TenantId tenant) {
        return TenantPolicyRow.<TenantPolicyRow>findById(tenant.value())
                .map(row -> row == null ? TenantPolicy.USUAL : row.toPolicy());
    }

    /** Takes it over at the next revision. */
    void write(TenantPolicy policy) {
        usualLevel = policy.usual().publicName();
        loosestLevel = policy.loosest().publicName();
        neverGranted =
                policy.never().stream().map(PermissionName::publicName).sorted().toArray(String[]::new);
        mostPlugins = policy.mostPlugins().isPresent() ? policy.mostPlugins().getAsInt() : null;
        revision++;
    }

    TenantPolicy toPolicy() {
        return new TenantPolicy(
                level(usualLevel),
                level(loosestLevel),
                Stream.of(neverGranted)
                        .map(name -> PermissionName.parse(name).orElseThrow(() -> unknown(name)))
                        .collect(Collectors.toUnmodifiableSet()),
                mostPlugins == null ? OptionalInt.empty() : OptionalInt.of(mostPlugins),
                revision);
    }

    private static SecurityLevel level(String name) {
        return SecurityLevel.parse(name).orElseThrow(() -> unknown(name));
    }

    private static IllegalStateException unknown(String name) {
        return new IllegalStateException("the database holds an unknown name: " + name);
    }
}
