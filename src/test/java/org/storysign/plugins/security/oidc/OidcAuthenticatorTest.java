package org.storysign.plugins.security.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.kit.TestIssuer;
import org.storysign.plugins.kit.TestSigner;
import org.storysign.plugins.problem.BadSettingException;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.security.Caller;
import org.storysign.plugins.security.Credentials;
import org.storysign.plugins.security.KeySecret;

class OidcAuthenticatorTest {

    private static final Map<String, Object> STAFF = Map.of("roles", List.of("staff"));

    private final TestIssuer issuer = new TestIssuer();
    private final OffsetClock clock = new OffsetClock();
    private final OidcAuthenticator authenticator = trusting(Map.of());

    @AfterEach
    void stop() {
        authenticator.close();
        issuer.close();
    }

    @Test
    void a_token_of_the_trusted_issuer_is_its_subject_with_the_mapped_roles() {
        Caller caller = authenticate(issuer.signer().token(STAFF));

        assertThat(caller.actor().name()).isEqualTo("oidc:main:ada");
        assertThat(caller.actor().roles()).containsExactly(Role.OPERATOR);
        assertThat(caller.key()).isEmpty();
        assertThat(caller.user()).isEmpty();
    }

    @Test
    void a_thousand_tokens_ask_the_issuer_once() {
        String token = issuer.signer().token(STAFF);

        for (int request = 0; request < 1_000; request++) {
            authenticate(token);
        }

        assertThat(issuer.asked()).isEqualTo(1);
    }

    @Test
    void claims_that_are_not_for_us_are_refused() {
        long now = Instant.now().getEpochSecond();
        for (Map<String, ?> claims : List.<Map<String, ?>>of(
                Map.of("exp", now - 31, "iat", now - 60),
                Map.of("exp", ""),
                Map.of("nbf", now + 60),
                Map.of("iss", "https://other.example"),
                Map.of("iss", issuer.url() + "/"),
                Map.of("iss", ""),
                Map.of("aud", "other"),
                Map.of("aud", List.of("other", "another")),
                Map.of("aud", ""),
                Map.of("sub", ""),
                Map.of("sub", "a\nb"),
                Map.of("sub", "x".repeat(201)))) {
            Map<String, Object> all = new HashMap<>(STAFF);
            all.putAll(claims);
            assertRefused(issuer.signer().token(all), ProblemCode.UNAUTHENTICATED);
        }
    }

    @Test
    void what_is_just_within_the_terms_is_accepted() {
        long now = Instant.now().getEpochSecond();
        for (Map<String, ?> claims : List.<Map<String, ?>>of(
                Map.of("exp", now - 20, "iat", now - 60),
                Map.of("nbf", now + 20),
                Map.of("aud", List.of("other", TestSigner.AUDIENCE)),
                Map.of("sub", "x".repeat(200)))) {
            Map<String, Object> all = new HashMap<>(STAFF);
            all.putAll(claims);
            assertThat(authenticate(issuer.signer().token(all))).isNotNull();
        }
    }

    @Test
    void a_token_expires_by_our_clock() {
        String token = issuer.signer().token(STAFF);
        authenticate(token);

        clock.ahead = Duration.ofSeconds(331);

        assertRefused(token, ProblemCode.UNAUTHENTICATED);
    }

    @Test
    void unsigned_confused_altered_and_foreign_signatures_are_refused() {
        TestSigner signer = issuer.signer();
        String good = signer.token(STAFF);
        String payload = good.split("\\.")[1];
        String claims = new String(Base64.getUrlDecoder().decode(payload), java.nio.charset.StandardCharsets.UTF_8);
        String altered = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(claims.replace("ada", "eve").getBytes(java.nio.charset.StandardCharsets.UTF_8));
        TestSigner impostor = TestSigner.fresh(issuer.url(), signer.keyId());

        for (String bad : List.of(
                signer.unsigned(STAFF),
                signer.confused(STAFF),
                good.replace(payload, altered),
                good.substring(0, good.lastIndexOf('.') + 1),
                good.substring(0, good.length() - 8) + "AAAAAAAA",
                impostor.token(STAFF),
                withHead(good, "{\"alg\":\"None\",\"kid\":\"first\"}"),
                withHead(good, "{\"alg\":\"ES256\",\"kid\":\"first\"}"),
                withHead(good, "{\"alg\":\"RS384\",\"kid\":\"first\"}"),
                withHead(good, "{\"kid\":\"first\"}"),
                withHead(good, "{\"alg\":\"HS256\",\"kid\":\"secret\"}"),
                withHead(good, "{\"alg\":\"RS256\",\"kid\":\"first\",\"crit\":[\"x\"],\"x\":1}"),
                withHead(good, "nothing"))) {
            assertRefused(bad, ProblemCode.UNAUTHENTICATED);
        }
    }

    @Test
    void a_key_that_a_token_brings_along_is_not_looked_at() {
        TestSigner impostor = TestSigner.fresh(issuer.url(), "first");
        String token = impostor.signed(
                STAFF, Map.of("jku", "http://127.0.0.1:1/keys", "jwk", Map.of("kty", "RSA", "n", "AQAB", "e", "AQAB")));

        assertRefused(token, ProblemCode.UNAUTHENTICATED);
    }

    @Test
    void only_tokens_of_an_accepted_type_are_let_in() {
        assertThat(authenticate(issuer.signer().token(STAFF, "at+jwt"))).isNotNull();
        assertRefused(issuer.signer().token(STAFF, "logout+jwt"), ProblemCode.UNAUTHENTICATED);
        OidcAuthenticator accessOnly = trusting(Map.of("token-types", "at+jwt"));
        assertThatThrownBy(() -> accessOnly
                        .authenticate(
                                Credentials.read("Bearer " + issuer.signer().token(STAFF), null, null))
                        .await()
                        .indefinitely())
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void a_token_signed_with_a_new_key_is_accepted_once_the_pause_is_over() {
        authenticate(issuer.signer().token(STAFF));
        TestSigner rotated = TestSigner.fresh(issuer.url(), "second");
        issuer.publish(rotated);

        assertRefused(rotated.token(STAFF), ProblemCode.UNAUTHENTICATED);
        clock.ahead = IssuerKeys.PAUSE;

        assertThat(authenticate(rotated.token(STAFF))).isNotNull();
        assertThat(issuer.asked()).isEqualTo(2);
    }

    @Test
    void a_thousand_made_up_keys_ask_the_issuer_once() {
        for (int id = 0; id < 1_000; id++) {
            assertRefused(
                    withHead(issuer.signer().unsigned(STAFF) + "AAAA", "{\"alg\":\"RS256\",\"kid\":\"" + id + "\"}"),
                    ProblemCode.UNAUTHENTICATED);
        }

        assertThat(issuer.asked()).isEqualTo(1);
    }

    @Test
    void while_the_issuer_is_down_known_keys_count_for_a_quarter_of_an_hour() {
        String token = issuer.signer()
                .token(Map.of(
                        "roles",
                        List.of("staff"),
                        "exp",
                        Instant.now().plusSeconds(7_200).getEpochSecond()));
        authenticate(token);
        issuer.answer(500);

        clock.ahead = IssuerKeys.KEPT.minusSeconds(1);
        assertThat(authenticate(token)).isNotNull();
        clock.ahead = IssuerKeys.KEPT.plus(IssuerKeys.PAUSE);
        assertRefused(token, ProblemCode.IDENTITY_PROVIDER_UNAVAILABLE);
        assertRefused(token, ProblemCode.IDENTITY_PROVIDER_UNAVAILABLE);

        issuer.answer(200);
        clock.ahead = IssuerKeys.KEPT.plus(IssuerKeys.PAUSE).plus(IssuerKeys.PAUSE);
        assertThat(authenticate(token)).isNotNull();
    }

    @Test
    void an_issuer_that_never_answered_makes_its_tokens_503() {
        String token = issuer.signer().token(STAFF);
        issuer.close();

        assertRefused(token, ProblemCode.IDENTITY_PROVIDER_UNAVAILABLE);
    }

    @Test
    void a_discovery_document_of_another_issuer_gives_no_keys() {
        String token = issuer.signer().token(STAFF);
        issuer.announce("https://other.example");

        assertRefused(token, ProblemCode.IDENTITY_PROVIDER_UNAVAILABLE);
        assertThat(issuer.asked()).isZero();
    }

    @Test
    void with_the_address_of_its_keys_an_issuer_needs_no_discovery_document() {
        issuer.announce("https://other.example");

        assertThat(trusting(Map.of("jwks", issuer.url() + "/keys"))
                        .authenticate(
                                Credentials.read("Bearer " + issuer.signer().token(STAFF), null, null))
                        .await()
                        .indefinitely())
                .isNotNull();
    }

    @Test
    void what_is_no_token_is_left_to_the_keys() {
        assertThat(authenticator.takes(new KeySecret("ssk_" + "a".repeat(43)))).isFalse();
        assertThat(authenticator.takes(new KeySecret("an-admin-key.with.dots"))).isFalse();
        assertThat(authenticator.takes(new KeySecret(issuer.signer().token(STAFF))))
                .isTrue();
        assertThat(new OidcAuthenticator(config(Map.of()), clock)
                        .takes(new KeySecret(issuer.signer().token(STAFF))))
                .isFalse();
    }

    @Test
    void settings_that_make_no_sense_are_told_at_start() {
        Map<String, Map<String, String>> wrong = Map.of(
                "audience", Map.of("audience", ""),
                "https", Map.of("issuer", "http://idp.example"),
                "roles", Map.of("roles.king", "x"),
                "user", Map.of("roles.user", "x"),
                "clock-skew", Map.of("clock-skew", "3m"),
                "jwks", Map.of("jwks", "http://169.254.169.254/keys"),
                "tenant-claim", Map.of("tenant", "acme", "tenant-claim", "tenant"),
                "any or as-token", Map.of("users", "all"),
                "matching", Map.of("name", "a:b"));

        wrong.forEach((word, settings) -> assertThatThrownBy(() -> trusting(settings))
                .as(word)
                .isInstanceOf(BadSettingException.class)
                .hasMessageContaining("storysign.oidc")
                .hasMessageContaining(word));
    }

    @Test
    void what_the_readme_shows_is_taken() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        int block = readme.indexOf("storysign.oidc.issuer=");
        Properties shown = new Properties();
        shown.load(new StringReader(readme.substring(block, readme.indexOf("```", block))));
        Map<String, String> settings = new HashMap<>();
        shown.stringPropertyNames()
                .forEach(name ->
                        settings.put(name.substring(IssuerConfig.PREFIX.length() + 1), shown.getProperty(name)));

        TrustedIssuer trusted = config(settings).trusted().orElseThrow();

        assertThat(trusted.actor("ada")).isEqualTo("oidc:staff:ada");
        assertThat(trusted.rules().roles())
                .containsEntry(Role.VIEWER, Set.of("plugins-viewer", "plugins-operator"))
                .containsEntry(Role.ADMIN, Set.of("platform-admin"))
                .hasSize(3);
    }

    private OidcAuthenticator trusting(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(
                Map.of("issuer", issuer.url(), "audience", TestSigner.AUDIENCE, "roles.operator", "staff,root"));
        all.putAll(settings);
        return new OidcAuthenticator(config(all), clock);
    }

    private static IssuerConfig config(Map<String, String> settings) {
        Map<String, String> named = new HashMap<>();
        settings.forEach((name, value) -> named.put(IssuerConfig.PREFIX + "." + name, value));
        return new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 200, new io.quarkus.runtime.configuration.DurationConverter())
                .withMapping(IssuerConfig.class)
                .withSources(new io.smallrye.config.PropertiesConfigSource(named, "test", 100))
                .build()
                .getConfigMapping(IssuerConfig.class);
    }

    private Caller authenticate(String token) {
        return authenticator
                .authenticate(Credentials.read("Bearer " + token, null, null))
                .await()
                .indefinitely();
    }

    private void assertRefused(String token, ProblemCode code) {
        assertThatThrownBy(() -> authenticate(token))
                .as(token)
                .asInstanceOf(InstanceOfAssertFactories.type(ProblemException.class))
                .extracting(ProblemException::code)
                .isEqualTo(code);
    }

    private static String withHead(String token, String head) {
        return Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(head.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                + token.substring(token.indexOf('.'));
    }

    /** The time of this machine and some more. */
    private static final class OffsetClock extends Clock {

        private volatile Duration ahead = Duration.ZERO;

        @Override
        public Instant instant() {
            return Instant.now().plus(ahead);
        }

        @Override
        public java.time.ZoneId getZone() {
            return java.time.ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            throw new UnsupportedOperationException("tests run in UTC");
        }
    }
}
