package org.storysign.plugins.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.kit.Guests;
import org.storysign.plugins.kit.ServiceTest;
import org.storysign.plugins.kit.TestDatabase;
import org.storysign.plugins.kit.TestIdentities;
import org.storysign.plugins.kit.TestSigner;
import org.storysign.plugins.kit.Wat;
import org.storysign.plugins.rest.MatrixClient.Answer;

/**
 * Control C25: every operation of the API's description, tried with every kind of key and token that is none or not enough, and with
 * each role by key and by token. Every cell has an expected answer; who may what stands in {@link RolesTest}.
 */
@ServiceTest
class AccessMatrixTest {

    /** What a key that is limited to another plugin may call: it shows and changes nothing of this one. */
    private static final Set<String> NOT_ABOUT_A_PLUGIN = Set.of(
            "POST /api/plugins/install",
            "POST /api/plugins/upload",
            "POST /api/plugins/validate/manifest",
            "POST /api/plugins/validate/module",
            "POST /api/plugins/validate/code",
            "GET /api/plugins/security/permissions",
            "GET /api/plugins/ui/components",
            "GET /api/plugins/operations/{operation_id}",
            "POST /api/plugins/tokens");

    /** Open to everybody beside the API, on purpose: for the inside of a cluster (SECURITY.md). */
    private static final List<String> PUBLIC =
            List.of("/q/health", "/q/health/live", "/q/health/ready", "/q/health/started", "/q/metrics", "/q/openapi");

    /** What frameworks bring along and is not there. */
    private static final List<String> ABSENT = List.of(
            "/q",
            "/q/swagger-ui",
            "/q/swagger-ui/",
            "/q/swagger-ui/index.html",
            "/swagger-ui",
            "/q/dev",
            "/q/dev-ui",
            "/q/arc",
            "/q/arc/beans",
            "/q/info",
            "/q/scheduler",
            "/q/graphql-ui",
            "/openapi",
            "/metrics",
            "/health",
            "/actuator",
            "/h2-console",
            "/");

    /** The same for everybody and asked for without a key, by frames that have no origin. */
    private static final Set<String> FOR_FRAMES = Set.of(
            "GET /api/plugins/ui/bridge.js access-control-allow-origin",
            "GET /api/plugins/ui/widget.js access-control-allow-origin");

    private static final List<Role> OF_KEYS = Arrays.stream(Role.values())
            .filter(role -> role != Role.USER && role != Role.ADMIN)
            .toList();

    private final ApiTenant tenant = new ApiTenant();
    private final ApiTenant other = new ApiTenant();
    private final TestSigner signer = TestIdentities.signer();

    /** Which answers are right. */
    private enum Expected {
        /** Let in; what becomes of the request, which makes no sense, is not the question. */
        LET_IN(answer ->
                answer.status() != 401 && answer.status() != 403 && answer.status() != 429 && answer.status() < 500),
        UNAUTHENTICATED(answer -> answer.status() == 401 && "unauthenticated".equals(answer.code())),
        FORBIDDEN(answer -> answer.status() == 403 && "forbidden".equals(answer.code())),
        /** Somebody of another tenant: nothing of ours is there for them. */
        NOT_OURS(answer -> answer.status() >= 400 && answer.status() < 500);

        private final Predicate<Answer> holds;

        Expected(Predicate<Answer> holds) {
            this.holds = holds;
        }
    }

    /** One kind of sender. */
    private record Sender(String name, Map<String, String> headers, java.util.function.Function<String, Expected> at) {}

    @BeforeEach
    void install() {
        for (String id : List.of("ours", "other-plugin")) {
            tenant.upload(PluginText.named(id).toString(), Wat.assemble(Guests.silent()))
                    .then()
                    .statusCode(201);
        }
    }

    @Test
    void every_operation_lets_in_whom_it_names_and_nobody_else() throws Exception {
        List<String> wrong = new ArrayList<>();
        int cells = 0;
        for (Sender sender : senders()) {
            for (String operation : RolesTest.operations()) {
                Expected expected = sender.at.apply(operation);
                Answer answer = MatrixClient.send(operation, "no-such-plugin", sender.headers);
                if (!expected.holds.test(answer)) {
                    wrong.add(operation + " as " + sender.name + ": " + answer + ", expected " + expected);
                }
                cells++;
            }
        }

        System.out.println("access matrix: " + cells + " cells, " + wrong.size() + " wrong");
        assertThat(wrong).isEmpty();
        assertThat(cells).isGreaterThan(2_000);
    }

    @Test
    void an_admin_of_another_tenant_finds_nothing_of_ours_and_changes_nothing() throws IOException {
        String before = tenant.admin().get(ApiTenant.BASE + "/ours").asString();
        List<String> wrong = new ArrayList<>();
        for (Map<String, String> theirs : List.of(
                Map.of(
                        "Authorization",
                        "Bearer " + TestDatabase.ADMIN_KEY,
                        "Plugins-Tenant",
                        other.id().value()),
                bearer(signer.token(claims(Role.ADMIN, other))),
                bearer(other.makeKey(all("theirs"))))) {
            for (String operation : RolesTest.operations()) {
                if (operation.contains("{plugin_id}")) {
                    Answer answer = MatrixClient.send(operation, "ours", theirs);
                    if (!Expected.NOT_OURS.holds.test(answer)) {
                        wrong.add(operation + ": " + answer);
                    }
                }
            }
        }

        assertThat(wrong).isEmpty();
        assertThat(tenant.admin().get(ApiTenant.BASE + "/ours").asString()).isEqualTo(before);
    }

    @Test
    void who_acts_by_a_token_is_named_in_the_audit_trail_and_makes_user_tokens_that_work() {
        Map<String, String> operator = bearer(signer.token(with(claims(Role.OPERATOR, tenant), "sub", "grace")));
        ApiTenant.anonymous()
                .headers(operator)
                .contentType("application/json")
                .body("{\"grants\": []}")
                .post(ApiTenant.BASE + "/ours/enable")
                .then()
                .statusCode(200);
        String token = ApiTenant.anonymous()
                .headers(bearer(signer.token(claims(Role.CALLER, tenant))))
                .contentType("application/json")
                .body("{\"user_id\": \"ada\"}")
                .post(ApiTenant.BASE + "/tokens")
                .path("token");

        assertThat(tenant.admin().get(ApiTenant.BASE + "/audit").<String>path("entries[0].actor"))
                .isEqualTo("oidc:test:grace");
        assertThat(ApiTenant.anonymous()
                        .headers(bearer(token))
                        .post(ApiTenant.BASE + "/tokens/ticket")
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void what_is_open_beside_the_api_is_health_metrics_and_the_description() {
        for (String path : PUBLIC) {
            assertThat(ApiTenant.anonymous().get(path).statusCode()).as(path).isEqualTo(200);
        }
        for (String path : ABSENT) {
            assertThat(ApiTenant.anonymous().get(path).statusCode()).as(path).isEqualTo(404);
        }
    }

    @Test
    void pages_of_other_origins_read_nothing_but_the_two_scripts_that_frames_load() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (String operation : RolesTest.operations()) {
            String preflight = "OPTIONS" + operation.substring(operation.indexOf(' '));
            for (String sent : List.of(operation, preflight)) {
                for (Map<String, String> key : List.of(
                        Map.<String, String>of(), Map.of("Authorization", "Bearer " + TestDatabase.ADMIN_KEY))) {
                    Map<String, String> headers = new LinkedHashMap<>(key);
                    headers.put("Origin", "https://evil.example");
                    headers.put("Access-Control-Request-Method", "POST");
                    headers.put("Access-Control-Request-Headers", "authorization");
                    Answer answer = MatrixClient.send(sent, "no-such-plugin", headers);
                    answer.headers().stream()
                            .filter(name -> name.regionMatches(true, 0, "Access-Control-", 0, 15))
                            .map(name -> sent + " " + name.toLowerCase(Locale.ROOT))
                            .filter(found -> !FOR_FRAMES.contains(found))
                            .forEach(wrong::add);
                }
            }
        }

        assertThat(wrong).isEmpty();
    }

    private List<Sender> senders() throws SQLException {
        List<Sender> senders = new ArrayList<>();
        nobodies()
                .forEach((name, headers) ->
                        senders.add(new Sender(name, headers, operation -> open(operation, Expected.UNAUTHENTICATED))));
        strangers()
                .forEach((name, headers) ->
                        senders.add(new Sender(name, headers, operation -> open(operation, Expected.FORBIDDEN))));
        for (Role role : OF_KEYS) {
            String key = tenant.makeKey(
                    Map.of("name", role.publicName(), "roles", List.of(role.publicName()), "users", "any"));
            senders.add(new Sender("key " + role, bearer(key), operation -> by(role, operation)));
            senders.add(new Sender("X-API-Key " + role, Map.of("X-API-Key", key), operation -> by(role, operation)));
        }
        senders.add(new Sender("user token", bearer(tenant.token("ada")), operation -> by(Role.USER, operation)));
        senders.add(new Sender(
                "platform key",
                Map.of(
                        "Authorization",
                        "Bearer " + TestDatabase.ADMIN_KEY,
                        "Plugins-Tenant",
                        tenant.id().value()),
                operation -> by(Role.ADMIN, operation)));
        for (Role role : OF_KEYS) {
            senders.add(new Sender(
                    "OIDC " + role, bearer(signer.token(claims(role, tenant))), operation -> by(role, operation)));
        }
        Map<String, String> admin = new LinkedHashMap<>(bearer(signer.token(claims(Role.ADMIN, other))));
        admin.put("Plugins-Tenant", tenant.id().value());
        senders.add(new Sender("OIDC ADMIN", admin, operation -> by(Role.ADMIN, operation)));
        Map<String, Object> limited = new LinkedHashMap<>(all("limited"));
        limited.put("plugins", List.of("other-plugin"));
        senders.add(new Sender("key of another plugin", bearer(tenant.makeKey(limited)), AccessMatrixTest::byLimited));
        Map<String, Object> limitedClaims = new LinkedHashMap<>(claims(Role.VIEWER, tenant));
        limitedClaims.put(
                "access",
                Map.of("roles", OF_KEYS.stream().map(TestIdentities::theirs).toList()));
        limitedClaims.put("plugins", List.of("other-plugin"));
        senders.add(
                new Sender("OIDC of another plugin", bearer(signer.token(limitedClaims)), AccessMatrixTest::byLimited));
        return senders;
    }

    /** What belongs to nobody, or no longer, or is not for us. */
    private Map<String, Map<String, String>> nobodies() throws SQLException {
        Map<String, Object> claims = claims(Role.ADMIN, tenant);
        long now = Instant.now().getEpochSecond();
        Map<String, Map<String, String>> nobodies = new LinkedHashMap<>();
        nobodies.put("nobody", Map.of());
        nobodies.put("wrong key", bearer("ssk_" + "a".repeat(43)));
        nobodies.put("wrong key in X-API-Key", Map.of("X-API-Key", "ssk_bad"));
        nobodies.put("wrong user token", bearer("ssu_" + "a".repeat(43)));
        nobodies.put("no scheme of ours", Map.of("Authorization", "Basic YTpi"));
        nobodies.put("empty", Map.of("Authorization", "Bearer ", "X-API-Key", ""));
        nobodies.put(
                "two keys", Map.of("Authorization", "Bearer " + TestDatabase.ADMIN_KEY, "X-API-Key", "ssk_another"));
        nobodies.put("a cut platform key", bearer(TestDatabase.ADMIN_KEY.substring(1)));
        nobodies.put("expired key", bearer(expired()));
        nobodies.put("revoked key", bearer(revoked()));
        nobodies.put("expired token", bearer(signer.token(with(claims, "exp", now - 300, "iat", now - 600))));
        nobodies.put("token of tomorrow", bearer(signer.token(with(claims, "nbf", now + 200))));
        nobodies.put("token that never expires", bearer(signer.token(with(claims, "exp", ""))));
        nobodies.put("wrong audience", bearer(signer.token(with(claims, "aud", "another-service"))));
        nobodies.put("wrong issuer", bearer(signer.token(with(claims, "iss", "https://evil.example"))));
        nobodies.put("alg none", bearer(signer.unsigned(claims)));
        nobodies.put("HMAC with the public key", bearer(signer.confused(claims)));
        nobodies.put(
                "another's signature",
                bearer(TestSigner.fresh(signer.issuer(), signer.keyId()).token(claims)));
        nobodies.put("logout token", bearer(signer.token(claims, "logout+jwt")));
        return nobodies;
    }

    /** Who is known, and may nothing here. */
    private Map<String, Map<String, String>> strangers() {
        Map<String, String> key = new LinkedHashMap<>(bearer(other.makeKey(all("stranger"))));
        key.put("Plugins-Tenant", tenant.id().value());
        Map<String, String> token = new LinkedHashMap<>(bearer(signer.token(claims(Role.OPERATOR, other))));
        token.put("Plugins-Tenant", tenant.id().value());
        Map<String, String> user = new LinkedHashMap<>(bearer(other.token("eve")));
        user.put("Plugins-Tenant", tenant.id().value());
        return Map.of(
                "key of another tenant", key,
                "OIDC of another tenant", token,
                "user of another tenant", user,
                "OIDC without a role",
                        bearer(signer.token(Map.of("tenant", tenant.id().value()))),
                "OIDC with our role's name only",
                        bearer(signer.token(with(
                                claims(Role.ADMIN, tenant), "access", Map.of("roles", List.of("admin", "operator"))))),
                "OIDC without a tenant", bearer(signer.token(with(claims(Role.OPERATOR, tenant), "tenant", ""))),
                "OIDC without plugins", bearer(signer.token(with(claims(Role.OPERATOR, tenant), "plugins", ""))));
    }

    private String expired() throws SQLException {
        String secret = tenant.makeKey(all("expired"));
        try (Connection database = TestDatabase.asSuperuser();
                Statement statement = database.createStatement()) {
            assertThat(statement.executeUpdate(
                            "UPDATE api_key SET expires_at = now() - interval '1 second' WHERE tenant = '" + tenant.id()
                                    + "' AND name = 'expired'"))
                    .isEqualTo(1);
        }
        return secret;
    }

    private String revoked() {
        String secret = tenant.makeKey(all("revoked"));
        String id = tenant.admin().get(ApiTenant.BASE + "/keys").path("keys.find { it.name == 'revoked' }.id");
        tenant.admin().delete(ApiTenant.BASE + "/keys/" + id).then().statusCode(204);
        return secret;
    }

    private static Expected open(String operation, Expected otherwise) {
        return allowed(operation).isEmpty() ? Expected.LET_IN : otherwise;
    }

    private static Expected by(Role role, String operation) {
        Set<Role> allowed = allowed(operation);
        return allowed.isEmpty() || role == Role.ADMIN || allowed.contains(role) ? Expected.LET_IN : Expected.FORBIDDEN;
    }

    /** All roles a key may have, and one plugin that the request is not about. */
    private static Expected byLimited(String operation) {
        return allowed(operation).isEmpty() || NOT_ABOUT_A_PLUGIN.contains(operation)
                ? Expected.LET_IN
                : Expected.FORBIDDEN;
    }

    private static Set<Role> allowed(String operation) {
        return Objects.requireNonNull(RolesTest.MAY.get(operation), () -> operation + " has no row in RolesTest");
    }

    private static Map<String, Object> all(String name) {
        return Map.of(
                "name", name, "roles", OF_KEYS.stream().map(Role::publicName).toList(), "users", "any");
    }

    private static Map<String, Object> claims(Role role, ApiTenant tenant) {
        return Map.of(
                "access",
                Map.of("roles", List.of(TestIdentities.theirs(role))),
                "tenant",
                tenant.id().value());
    }

    private static Map<String, Object> with(Map<String, Object> claims, Object... others) {
        Map<String, Object> all = new LinkedHashMap<>(claims);
        for (int each = 0; each < others.length; each += 2) {
            all.put((String) others[each], others[each + 1]);
        }
        return all;
    }

    private static Map<String, String> bearer(String secret) {
        return Map.of("Authorization", "Bearer " + secret);
    }
}
