package org.storysign.plugins.plugin;

import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.Map;
import org.storysign.plugins.identity.Digest;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.wasm.scan.ModuleFacts;

/** Port: keeps what was found out about modules beside their bytes. Fails with {@code ProblemException} {@code database-unavailable}. */
public interface FactStore {

    /** The facts of those modules of which some were kept, of whatever version. */
    Uni<Map<Digest, ModuleFacts>> find(TenantId tenant, Collection<Digest> modules);

    /** Keeps them while the tenant has the module; without it, does nothing. Not a change: the same bytes give the same facts. */
    Uni<Void> keep(TenantId tenant, Digest module, ModuleFacts facts);
}
