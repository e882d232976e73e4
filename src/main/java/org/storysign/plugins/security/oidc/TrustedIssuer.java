package org.storysign.plugins.security.oidc;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An identity provider whose word is taken.
 *
 * @param name what the audit trail calls it
 * @param issuer exactly what {@code iss} must be
 * @param jwks where its keys are; empty when its discovery document says
 * @param audience a token must be for at least one of these
 * @param types accepted values of {@code typ}
 * @param skew 0 to two minutes
 */
record TrustedIssuer(
        String name,
        String issuer,
        Optional<String> jwks,
        Set<String> audience,
        Set<String> types,
        Duration skew,
        ClaimRules rules) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");
    private static final Duration LARGEST_SKEW = Duration.ofMinutes(2);

    TrustedIssuer {
        audience = Set.copyOf(audience);
        types = Set.copyOf(types);
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("name is `" + name + "`, expected one matching " + NAME);
        }
        if (audience.isEmpty()) {
            throw new IllegalArgumentException(
                    "audience is not said, so that any token of the issuer would do: say what tokens for this service hold in aud");
        }
        if (skew.isNegative() || skew.compareTo(LARGEST_SKEW) > 0) {
            throw new IllegalArgumentException("clock-skew is " + skew + ", expected at most " + LARGEST_SKEW);
        }
        requireSafe("issuer", issuer);
        jwks.ifPresent(address -> requireSafe("jwks", address));
    }

    /** Where it says where its keys are. */
    String discovery() {
        return issuer.replaceAll("/+$", "") + "/.well-known/openid-configuration";
    }

    /** What the audit trail calls the bearer of a token. */
    String actor(String subject) {
        return "oidc:" + name + ":" + subject;
    }

    /** Keys that came over an open line would be anybody's. Throws {@code IllegalArgumentException}. */
    static void requireSafe(String what, String address) {
        try {
            URI uri = new URI(address);
            if (uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawFragment() == null
                    && ("https".equals(uri.getScheme()) || ("http".equals(uri.getScheme()) && isHere(uri.getHost())))) {
                return;
            }
        } catch (URISyntaxException e) {
            // said below
        }
        throw new IllegalArgumentException(
                what + " is `" + address + "`, expected an https address, or an http one of this machine");
    }

    /** Names are not looked up: what one means may change. */
    private static boolean isHere(String host) {
        try {
            return host.equals("localhost")
                    || InetAddress.ofLiteral(host.replaceAll("[\\[\\]]", "")).isLoopbackAddress();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
