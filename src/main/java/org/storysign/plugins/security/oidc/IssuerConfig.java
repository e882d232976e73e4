package org.storysign.plugins.security.oidc;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.problem.BadSettingException;
import org.storysign.plugins.security.ApiKey;

/** What an operator says of the identity provider; none is trusted without {@code issuer}. */
@ConfigMapping(prefix = IssuerConfig.PREFIX)
public interface IssuerConfig {

    /** What stands before their names. */
    String PREFIX = "storysign.oidc";

    /** As it stands in the tokens' {@code iss}; https, or http on this machine. */
    Optional<String> issuer();

    /** Where its keys are; without it, its discovery document says. */
    Optional<String> jwks();

    /** A token must be for one of these. */
    Optional<Set<String>> audience();

    /** What the audit trail calls it: {@code oidc:<name>:<sub>}. */
    @WithDefault("main")
    String name();

    /** The claim with their roles or groups: a name, or a JSON Pointer such as {@code /realm_access/roles}. */
    @WithDefault("roles")
    String rolesClaim();

    /** For each of our roles, which of theirs give it. */
    Map<String, Set<String>> roles();

    /** The tenant of all its tokens; {@code default} when there is no {@code tenant-claim} either. */
    Optional<String> tenant();

    /** The claim that names a token's tenant. */
    Optional<String> tenantClaim();

    /** The claim that lists the plugins a token is limited to; then every token must have it, with {@code *} for all. */
    Optional<String> pluginsClaim();

    /** Whether calls with such tokens may name any user of the product: {@code any} or {@code as-token}. */
    @WithDefault("as-token")
    String users();

    /** Values of the header {@code typ} that are accepted; a token without one counts as {@code JWT}. */
    @WithDefault("at+jwt,JWT")
    Set<String> tokenTypes();

    /** How far its clock may be from ours; at most two minutes. */
    @WithDefault("30s")
    Duration clockSkew();

    /** What is trusted. Fails with {@code BadSettingException}. */
    default Optional<TrustedIssuer> trusted() {
        if (issuer().isEmpty()) {
            if (jwks().isPresent() || !roles().isEmpty()) {
                throw new BadSettingException(PREFIX + ".issuer", "", "the issuer that the other settings are about");
            }
            return Optional.empty();
        }
        return Optional.of(BadSettingException.below(
                PREFIX,
                () -> new TrustedIssuer(
                        name(),
                        issuer().get(),
                        jwks(),
                        audience().orElse(Set.of()),
                        tokenTypes(),
                        clockSkew(),
                        new ClaimRules(
                                ClaimPath.of(rolesClaim()),
                                mapping(),
                                tenancy(),
                                pluginsClaim().map(ClaimPath::of),
                                reach()))));
    }

    private Map<Role, Set<String>> mapping() {
        Map<Role, Set<String>> mapping = new EnumMap<>(Role.class);
        roles().forEach((name, theirs) -> mapping.put(
                Role.parse(name)
                        .orElseThrow(() -> new BadSettingException(PREFIX + ".roles", name, "one of our roles")),
                theirs));
        return mapping;
    }

    private ClaimRules.Tenancy tenancy() {
        if (tenant().isPresent() && tenantClaim().isPresent()) {
            throw new BadSettingException(
                    PREFIX + ".tenant", tenant().get(), "nothing beside " + PREFIX + ".tenant-claim");
        }
        return tenantClaim()
                .<ClaimRules.Tenancy>map(claim -> new ClaimRules.Tenancy.Claimed(ClaimPath.of(claim)))
                .orElseGet(() ->
                        new ClaimRules.Tenancy.Fixed(tenant().map(TenantId::new).orElse(TenantId.DEFAULT)));
    }

    private ApiKey.Users reach() {
        return switch (users()) {
            case "any" -> ApiKey.Users.ANY;
            case "as-token" -> ApiKey.Users.AS_TOKEN;
            default -> throw new BadSettingException(PREFIX + ".users", users(), "any or as-token");
        };
    }
}
