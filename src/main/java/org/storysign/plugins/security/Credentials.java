package org.storysign.plugins.security;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

/**
 * What a request says about its sender.
 *
 * @param tenant the tenant the request names, if it names one
 */
public record Credentials(KeySecret secret, Optional<TenantId> tenant) {

    public static final String KEY_HEADER = "X-API-Key";
    public static final String TENANT_HEADER = "Plugins-Tenant";

    private static final String SCHEME = "bearer ";

    /**
     * Reads the headers {@code Authorization: Bearer}, {@code X-API-Key} and {@code Plugins-Tenant}.
     *
     * @return throws {@code ProblemException}: {@code unauthenticated} when there is no key or there are two different ones,
     *     {@code request-invalid} when the tenant has not the form of one
     */
    public static Credentials read(
            @Nullable String authorization, @Nullable String keyHeader, @Nullable String tenantHeader) {
        Optional<String> bearer = Optional.ofNullable(authorization).map(Credentials::bearer);
        Optional<String> plain = Optional.ofNullable(keyHeader).map(String::strip);
        if (bearer.isPresent() && plain.isPresent() && !bearer.equals(plain)) {
            throw unauthenticated("The request carries two different keys: send one.");
        }
        String secret = bearer.or(() -> plain)
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> unauthenticated(
                        "The request carries no key: send it as `Authorization: Bearer …` or `X-API-Key: …`."));
        return new Credentials(
                new KeySecret(secret), Optional.ofNullable(tenantHeader).map(Credentials::tenant));
    }

    private static String bearer(String authorization) {
        if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw unauthenticated("The header Authorization is not of the scheme Bearer.");
        }
        return authorization.substring(SCHEME.length()).strip();
    }

    private static TenantId tenant(String text) {
        try {
            return new TenantId(text);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(
                    ProblemCode.REQUEST_INVALID, "The header " + TENANT_HEADER + ": " + e.getMessage() + ".");
        }
    }

    private static ProblemException unauthenticated(String detail) {
        return new ProblemException(ProblemCode.UNAUTHENTICATED, detail);
    }
}
