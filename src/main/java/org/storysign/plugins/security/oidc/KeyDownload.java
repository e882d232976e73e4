package org.storysign.plugins.security.oidc;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;
import org.storysign.plugins.platform.connect.Endpoint;
import org.storysign.plugins.platform.connect.Exchange;

/** Gets the keys an issuer publishes (OpenID Connect Discovery 1.0, RFC 7517). Follows no redirect; blocks for seconds at most. */
final class KeyDownload implements AutoCloseable {

    /** For each of the two questions. */
    static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final int OK = 200;
    private static final int MOST = 100;

    private final TrustedIssuer issuer;
    private final Exchange exchange = new Exchange();

    KeyDownload(TrustedIssuer issuer) {
        this.issuer = issuer;
    }

    /** An issuer did not answer, or not as it must. */
    static final class Failed extends RuntimeException {

        private static final long serialVersionUID = 1;

        Failed(String why) {
            super(why);
        }
    }

    /** Public keys for signatures; secrets that stand among them, and what we cannot read, are left out. Throws {@link Failed}. */
    List<PublicJsonWebKey> get() {
        String text = ask(issuer.jwks().orElseGet(this::discovered));
        try {
            return new JsonWebKeySet(text)
                    .getJsonWebKeys().stream()
                            .filter(PublicJsonWebKey.class::isInstance)
                            .map(PublicJsonWebKey.class::cast)
                            .filter(key -> key.getUse() == null || key.getUse().equals("sig"))
                            .limit(MOST)
                            .toList();
        } catch (JoseException e) {
            throw new Failed("its keys cannot be read: " + e.getMessage());
        }
    }

    private String discovered() {
        Map<String, Object> document;
        try {
            document = JsonUtil.parseJson(ask(issuer.discovery()));
        } catch (JoseException e) {
            throw new Failed("its discovery document cannot be read: " + e.getMessage());
        }
        if (!issuer.issuer().equals(document.get("issuer"))) {
            throw new Failed("its discovery document is of the issuer `" + document.get("issuer") + "`");
        }
        String address = Optional.ofNullable(document.get("jwks_uri"))
                .map(Object::toString)
                .orElseThrow(() -> new Failed("its discovery document has no jwks_uri"));
        try {
            TrustedIssuer.requireSafe("jwks_uri", address);
        } catch (IllegalArgumentException e) {
            throw new Failed("in its discovery document " + e.getMessage());
        }
        return address;
    }

    private String ask(String address) {
        URI uri = URI.create(address);
        String path = uri.getRawQuery() == null ? uri.getRawPath() : uri.getRawPath() + "?" + uri.getRawQuery();
        try {
            Exchange.Answer answer = exchange.send(
                    new Endpoint(URI.create(uri.getScheme() + "://" + uri.getRawAuthority()), Optional.empty()),
                    new Exchange.Request("GET", path, Map.of("Accept", "application/json"), new byte[0]),
                    PATIENCE);
            if (answer.status() != OK) {
                throw new Failed(address + " answers " + answer.status());
            }
            return new String(answer.body(), java.nio.charset.StandardCharsets.UTF_8);
        } catch (Exchange.Failed e) {
            throw new Failed(address + (e.late() ? " does not answer in time" : " cannot be reached"));
        }
    }

    @Override
    public void close() {
        exchange.close();
    }
}
