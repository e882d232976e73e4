package org.storysign.plugins.security.oidc;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.storysign.plugins.identity.Actor;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.problem.GuestText;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.security.ApiKey;
import org.storysign.plugins.security.Caller;

/**
 * Who the bearer of a verified token is here. What the claims do not say, nobody has: no role of ours that theirs is mapped to, no
 * tenant, no list of plugins where one is asked for, all are {@code forbidden}.
 *
 * @param roles for each of our roles, which of theirs give it
 * @param plugins where the plugins are listed that a token is limited to; empty when none is limited
 */
record ClaimRules(
        ClaimPath rolesAt,
        Map<Role, Set<String>> roles,
        Tenancy tenancy,
        Optional<ClaimPath> plugins,
        ApiKey.Users users) {

    private static final String ALL = "*";

    /** Whose things a token is about. */
    sealed interface Tenancy {
        /** Every token's. */
        record Fixed(TenantId tenant) implements Tenancy {}

        /** The one that the token names. */
        record Claimed(ClaimPath at) implements Tenancy {}
    }

    ClaimRules {
        if (roles.isEmpty()) {
            throw new IllegalArgumentException("roles are given to nobody: say which of theirs give which of ours");
        }
        if (roles.containsKey(Role.USER)) {
            throw new IllegalArgumentException(
                    "the role user is had by user tokens only, which the product's server makes");
        }
        roles = Map.copyOf(roles);
    }

    /** @param named the tenant that the request names; only the platform's admins may name one that is not theirs */
    Caller caller(String actor, JsonNode claims, Optional<TenantId> named) {
        Set<Role> held = roles(claims);
        boolean platform = held.contains(Role.ADMIN);
        TenantId tenant = platform ? named.or(() -> own(claims)).orElse(TenantId.DEFAULT) : own(claims, named);
        return new Caller(new Actor(actor, tenant, held), plugins(claims), users, Optional.empty(), Optional.empty());
    }

    private Set<Role> roles(JsonNode claims) {
        Set<String> theirs = new HashSet<>(rolesAt.words(claims).orElse(List.of()));
        Map<Role, Set<String>> held = new EnumMap<>(roles);
        held.values().removeIf(giving -> giving.stream().noneMatch(theirs::contains));
        if (held.isEmpty()) {
            throw forbidden("The token's claim `" + rolesAt + "` has nothing that gives a role here; "
                    + "an operator maps them by `" + IssuerConfig.PREFIX + ".roles`.");
        }
        return EnumSet.copyOf(held.keySet());
    }

    private Optional<TenantId> own(JsonNode claims) {
        return switch (tenancy) {
            case Tenancy.Fixed(TenantId tenant) -> Optional.of(tenant);
            case Tenancy.Claimed(ClaimPath at) -> at.text(claims).map(text -> tenant(at, text));
        };
    }

    private TenantId own(JsonNode claims, Optional<TenantId> named) {
        TenantId own = own(claims).orElseThrow(() -> forbidden("The token does not name its tenant."));
        if (named.isPresent() && !named.get().equals(own)) {
            throw forbidden("The token belongs to another tenant than the one the request names.");
        }
        return own;
    }

    private static TenantId tenant(ClaimPath at, String text) {
        try {
            return new TenantId(text);
        } catch (IllegalArgumentException e) {
            throw forbidden("The token's claim `" + at + "` is " + GuestText.quote(text) + ", which is no tenant id.");
        }
    }

    private Set<PluginId> plugins(JsonNode claims) {
        if (plugins.isEmpty()) {
            return Set.of();
        }
        List<String> listed = plugins.get()
                .words(claims)
                .filter(words -> !words.isEmpty())
                .orElseThrow(
                        () -> forbidden("The token does not list the plugins it is for in `" + plugins.get() + "`."));
        if (listed.contains(ALL)) {
            return Set.of();
        }
        Set<PluginId> ids = new HashSet<>();
        listed.forEach(id -> ids.add(PluginId.parse(id)
                .orElseThrow(() -> forbidden("The token's claim `" + plugins.get() + "` has " + GuestText.quote(id)
                        + ", which is no plugin id."))));
        return ids;
    }

    private static ProblemException forbidden(String detail) {
        return new ProblemException(ProblemCode.FORBIDDEN, detail);
    }
}
