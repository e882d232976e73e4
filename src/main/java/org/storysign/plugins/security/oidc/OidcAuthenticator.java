package org.storysign.plugins.security.oidc;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Optional;
import java.util.regex.Pattern;
import org.storysign.plugins.security.Caller;
import org.storysign.plugins.security.Credentials;
import org.storysign.plugins.security.KeySecret;
import org.storysign.plugins.security.TokenAuthenticator;

/** Callers of the identity provider that the operator trusts; of none when there is none. */
@ApplicationScoped
public class OidcAuthenticator implements TokenAuthenticator {

    /** A JSON object, claims and a signature, which {@code alg: none} leaves empty. No key of ours looks so. */
    private static final Pattern FORM = Pattern.compile("ey[\\w-]+\\.[\\w-]+\\.[\\w-]*");

    private final Optional<Trust> trust;

    /** The one trusted issuer and what checks its tokens. */
    private record Trust(TrustedIssuer issuer, KeyDownload download, IssuerKeys keys, TokenVerifier verifier) {

        static Trust in(TrustedIssuer issuer, Clock clock) {
            KeyDownload download = new KeyDownload(issuer);
            return new Trust(
                    issuer,
                    download,
                    new IssuerKeys(download::get, Infrastructure.getDefaultWorkerPool(), clock),
                    new TokenVerifier(issuer, clock));
        }
    }

    @Inject
    public OidcAuthenticator(IssuerConfig config, Clock clock) {
        this.trust = config.trusted().map(issuer -> Trust.in(issuer, clock));
    }

    @PreDestroy
    void close() {
        trust.ifPresent(trusted -> trusted.download.close());
    }

    @Override
    public boolean takes(KeySecret secret) {
        return trust.isPresent() && FORM.matcher(secret.reveal()).matches();
    }

    @Override
    public Uni<Caller> authenticate(Credentials credentials) {
        Trust trusted = trust.orElseThrow();
        String token = credentials.secret().reveal();
        Uni<Caller> told = Uni.createFrom()
                .deferred(() -> trusted.keys.find(trusted.verifier.keyId(token)))
                .map(key -> trusted.verifier.verify(token, key))
                .map(verified -> trusted.issuer
                        .rules()
                        .caller(trusted.issuer.actor(verified.subject()), verified.claims(), credentials.tenant()));
        return backToCaller(told);
    }

    private static <T> Uni<T> backToCaller(Uni<T> told) {
        return Uni.createFrom().deferred(() -> {
            Context caller = Vertx.currentContext();
            return caller == null ? told : told.emitOn(next -> caller.runOnContext(ignored -> next.run()));
        });
    }
}
