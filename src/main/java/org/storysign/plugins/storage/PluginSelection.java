package org.storysign.plugins.storage;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hibernate.reactive.mutiny.Mutiny;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.manifest.ManifestReader;
import org.storysign.plugins.plugin.Plugin;
import org.storysign.plugins.plugin.PluginFilter;

/** A query for plugins of one tenant with their active releases, ordered by id. Used once. */
final class PluginSelection {

    private final ManifestReader manifests;
    private final StringBuilder query = new StringBuilder("""
            select p, r from PluginRow p, ReleaseRow r
            where p.key.tenant = :tenant and r.key.tenant = p.key.tenant and r.key.plugin = p.key.plugin
              and r.key.version = p.activeVersion
            """);
    private final Map<String, Object> parameters = new HashMap<>();
    private int limit = Integer.MAX_VALUE;

    PluginSelection(TenantId tenant, ManifestReader manifests) {
        this.manifests = manifests;
        parameters.put("tenant", tenant.value());
    }

    PluginSelection only(PluginId id) {
        return and("p.key.plugin = :only", "only", id.value());
    }

    PluginSelection among(List<String> ids) {
        return and("p.key.plugin in :among", "among", ids);
    }

    PluginSelection inState(String state) {
        return and("p.state = :state", "state", state);
    }

    PluginSelection inStates(List<String> states) {
        return and("p.state in :states", "states", states);
    }

    PluginSelection matching(PluginFilter filter) {
        filter.state().ifPresent(this::inState);
        filter.text()
                .ifPresent(text -> and(
                        "locate(lower(:text), lower(p.key.plugin || ' ' || r.name || ' ' || r.description)) > 0",
                        "text",
                        text));
        filter.permission()
                .ifPresent(name -> and("array_contains(r.permissions, :permission)", "permission", name.publicName()));
        filter.after().ifPresent(id -> and("p.key.plugin > :after", "after", id.value()));
        limit = filter.limit();
        return this;
    }

    Uni<List<Plugin>> fetch() {
        return Panache.getSession().flatMap(this::fetch);
    }

    private Uni<List<Plugin>> fetch(Mutiny.Session session) {
        var selection = session.createSelectionQuery(query + " order by p.key.plugin", Object[].class);
        parameters.forEach(selection::setParameter);
        return selection
                .setMaxResults(limit)
                .getResultList()
                .map(rows -> rows.stream()
                        .map(row -> ((PluginRow) row[0]).toPlugin(((ReleaseRow) row[1]).toRelease(manifests)))
                        .toList());
    }

    private PluginSelection and(String condition, String parameter, Object value) {
        query.append(" and ").append(condition);
        parameters.put(parameter, value);
        return this;
    }
}
