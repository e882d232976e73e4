package org.storysign.plugins.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.storysign.plugins.rest.Problems.assertProblem;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.kit.Guests;
import org.storysign.plugins.kit.ServiceTest;
import org.storysign.plugins.kit.TestDatabase;
import org.storysign.plugins.kit.Wat;
import org.storysign.plugins.problem.ProblemCode;

/** Requests that are sent again with the same {@code Idempotency-Key} (contract, section 2). */
@ServiceTest
class IdempotencyTest {

    private static final String KEYS = ApiTenant.BASE + "/keys";
    private static final String NEW_KEY = "{\"name\": \"ci\", \"roles\": [\"viewer\"]}";

    private final ApiTenant tenant = new ApiTenant();
    private final String key = UUID.randomUUID().toString();

    @Test
    void the_second_time_nothing_happens_and_the_answer_is_the_same() {
        Response first = post(key, NEW_KEY);
        Response second = post(key, NEW_KEY);

        first.then().statusCode(201).header("Idempotency-Replayed", nullValue());
        second.then().statusCode(201).header("Idempotency-Replayed", "true");
        assertThat(second.asString()).isEqualTo(first.asString());
        assertThat(second.header("Content-Type")).isEqualTo(first.header("Content-Type"));
        tenant.admin().get(KEYS).then().body("keys", hasSize(1));
    }

    @Test
    void a_refusal_is_the_same_refusal_again() {
        Response first = post(key, "{\"name\": \"ci\", \"roles\": [\"king\"]}");
        Response second = post(key, "{\"name\": \"ci\", \"roles\": [\"king\"]}");

        assertProblem(first, ProblemCode.REQUEST_INVALID);
        assertThat(second.asString()).isEqualTo(first.asString());
        second.then().header("Idempotency-Replayed", "true").contentType("application/problem+json");
    }

    @Test
    void another_request_with_the_same_key_is_refused() {
        post(key, NEW_KEY).then().statusCode(201);

        assertProblem(post(key, "{\"name\": \"other\", \"roles\": [\"viewer\"]}"), ProblemCode.IDEMPOTENCY_KEY_REUSED);
        assertProblem(
                json(NEW_KEY).header("Idempotency-Key", key).post(ApiTenant.BASE + "/tokens"),
                ProblemCode.IDEMPOTENCY_KEY_REUSED);
        tenant.admin().get(KEYS).then().body("keys", hasSize(1));
    }

    @Test
    void somebody_elses_key_is_another_key() {
        ApiTenant other = new ApiTenant();
        Response mine = post(key, NEW_KEY);

        Response theirs = other.admin()
                .contentType(ContentType.JSON)
                .header("Idempotency-Key", key)
                .body(NEW_KEY)
                .post(KEYS);

        theirs.then().statusCode(201).header("Idempotency-Replayed", nullValue());
        assertThat(theirs.<String>path("secret")).isNotEqualTo(mine.<String>path("secret"));
    }

    @Test
    void an_upload_is_the_same_upload_whatever_parts_it_is_sent_in() {
        String manifest = PluginText.named("once").toString();

        upload(manifest).then().statusCode(201);

        upload(manifest).then().statusCode(201).header("Idempotency-Replayed", "true");
        assertProblem(upload(PluginText.named("twice").toString()), ProblemCode.IDEMPOTENCY_KEY_REUSED);
    }

    @Test
    void a_hook_that_is_handled_later_is_taken_in_once() {
        tenant.as(Role.CALLER);
        for (int i = 0; i < 3; i++) {
            tenant.as(Role.CALLER)
                    .contentType(ContentType.JSON)
                    .header("Idempotency-Key", key)
                    .body("{\"type\": \"after\"}")
                    .post(ApiTenant.BASE + "/hooks/saved?async=true")
                    .then()
                    .statusCode(202);
        }

        tenant.as(Role.VIEWER).get(ApiTenant.BASE + "/queue").then().body("events", hasSize(1));
    }

    @Test
    void of_twenty_at_once_one_is_carried_out() {
        List<Integer> statuses = IntStream.range(0, 20)
                .parallel()
                .mapToObj(number -> post(key, NEW_KEY).statusCode())
                .toList();

        assertThat(statuses).contains(201).isSubsetOf(201, 409);
        tenant.admin().get(KEYS).then().body("keys", hasSize(1));
        post(key, NEW_KEY).then().statusCode(201);
    }

    @Test
    void what_came_to_nothing_is_tried_again() throws Exception {
        tenant.admin().get(KEYS);
        String name = "unwritable_" + tenant.id().value().replace("-", "_");
        execute("CREATE FUNCTION " + name + "() RETURNS trigger LANGUAGE plpgsql AS"
                + " $$ BEGIN RAISE EXCEPTION 'full' USING ERRCODE = '53100'; END $$;"
                + "CREATE TRIGGER " + name + " BEFORE INSERT ON audit_log FOR EACH ROW WHEN (NEW.tenant = '"
                + tenant.id() + "') EXECUTE FUNCTION " + name + "()");
        try {
            assertProblem(post(key, NEW_KEY), ProblemCode.DATABASE_UNAVAILABLE);
        } finally {
            execute("DROP FUNCTION " + name + "() CASCADE");
        }

        post(key, NEW_KEY).then().statusCode(201).header("Idempotency-Replayed", nullValue());
    }

    @Test
    void a_request_whose_process_died_is_begun_again_when_its_time_is_over() throws SQLException {
        post(key, NEW_KEY).then().statusCode(201);
        execute("UPDATE repeated_request SET answer = NULL WHERE tenant = '" + tenant.id() + "'");

        Response running = post(key, NEW_KEY);
        execute("UPDATE repeated_request SET lease_ends = now() WHERE tenant = '" + tenant.id() + "'");
        Response begun = post(key, NEW_KEY);

        assertProblem(running, ProblemCode.IDEMPOTENCY_KEY_IN_USE);
        assertThat(running.header("Retry-After")).isEqualTo("1");
        begun.then().statusCode(201);
    }

    @Test
    void after_a_day_a_key_is_new() throws SQLException {
        Response first = post(key, NEW_KEY);
        execute("UPDATE repeated_request SET expires_at = now() WHERE tenant = '" + tenant.id() + "'");

        Response later = post(key, "{\"name\": \"other\", \"roles\": [\"viewer\"]}");

        later.then().statusCode(201);
        assertThat(later.<String>path("secret")).isNotEqualTo(first.<String>path("secret"));
    }

    @Test
    void an_answer_that_is_too_large_is_not_kept_and_the_request_not_repeated() {
        tenant.enable(PluginText.named("large"), LARGE);

        Response first = call();
        Response second = call();

        assertThat(first.asByteArray()).hasSize(100_000);
        assertProblem(second, ProblemCode.IDEMPOTENCY_ANSWER_NOT_KEPT);
    }

    @Test
    void what_is_shown_once_cannot_be_read_in_the_database() throws SQLException {
        String secret = post(key, NEW_KEY).path("secret");

        try (Connection connection = TestDatabase.asSuperuser();
                PreparedStatement query =
                        connection.prepareStatement("SELECT r::text FROM repeated_request r WHERE tenant = ?")) {
            query.setString(1, tenant.id().value());
            ResultSet row = query.executeQuery();
            assertThat(row.next()).isTrue();
            assertThat(row.getString(1))
                    .doesNotContain(secret)
                    .doesNotContain(key)
                    .contains("v1.sender.");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "with blank", "tür"})
    void what_is_no_key_is_refused(String wrong) {
        assertThat(post(wrong, NEW_KEY).statusCode()).isEqualTo(400);
        assertThat(post("k".repeat(256), NEW_KEY).statusCode()).isEqualTo(400);
        tenant.admin().get(KEYS).then().body("keys", hasSize(0));
    }

    @Test
    void a_request_that_only_reads_has_no_use_for_a_key() {
        tenant.admin().header("Idempotency-Key", key).get(KEYS).then().statusCode(200);
        tenant.admin()
                .header("Idempotency-Key", key)
                .get(ApiTenant.BASE)
                .then()
                .statusCode(200)
                .body("plugins", equalTo(List.of()));
    }

    /** An export that answers 100,000 bytes. */
    private static final String LARGE = """
            (module
              (import "extism:host/env" "alloc" (func $alloc (param i64) (result i64)))
              (import "extism:host/env" "output_set" (func $output (param i64 i64)))
              (memory (export "memory") 1)
              (func (export "large") (result i32)
                (call $output (call $alloc (i64.const 100000)) (i64.const 100000))
                (i32.const 0)))
            """;

    private Response call() {
        return tenant.admin()
                .contentType("application/octet-stream")
                .header("Idempotency-Key", key)
                .body(new byte[] {1})
                .post(ApiTenant.BASE + "/large/call/large");
    }

    private Response upload(String manifest) {
        return tenant.admin()
                .header("Idempotency-Key", key)
                .multiPart("manifest", "manifest.json", manifest.getBytes(StandardCharsets.UTF_8))
                .multiPart("module", "plugin.wasm", Wat.assemble(Guests.silent()))
                .post(ApiTenant.BASE + "/upload");
    }

    private Response post(String idempotencyKey, String body) {
        return json(body).header("Idempotency-Key", idempotencyKey).post(KEYS);
    }

    private RequestSpecification json(String body) {
        return tenant.admin().contentType(ContentType.JSON).body(body);
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = TestDatabase.asSuperuser();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
