package org.storysign.plugins.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.storysign.plugins.rest.Problems.assertProblem;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.storysign.plugins.audit.AuditChain;
import org.storysign.plugins.audit.AuditLines;
import org.storysign.plugins.audit.AuditRecord;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.kit.Guests;
import org.storysign.plugins.kit.ServiceTest;
import org.storysign.plugins.kit.TestDatabase;
import org.storysign.plugins.kit.Wat;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.signature.VerificationKey;

/** Control C34: every change is in the trail, nothing else is, and who changes the trail is found out. */
@ServiceTest
class AuditProofTest {

    private static final String AUDIT = ApiTenant.BASE + "/audit";

    private final ApiTenant tenant = new ApiTenant();

    @Test
    void the_trail_of_500_operations_is_what_they_did_and_nothing_else() {
        RandomOperations operations = new RandomOperations(tenant, 20_261_123);

        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            expected.addAll(operations.next());
        }

        List<AuditRecord> trail = export();
        assertThat(trail.stream().map(entry -> entry.action() + " " + entry.subject()))
                .containsExactlyElementsOf(expected);
        assertThat(trail).allMatch(entry -> entry.actor().equals("platform:admin-key"));
        assertThat(operations.refused()).as("operations that were refused").isGreaterThan(50);
        assertThat(expected).as("entries").hasSizeGreaterThan(250);
    }

    @Test
    void an_export_is_followed_by_whoever_has_it_whatever_is_written_in_it() {
        keys("quote \" backslash \\ slash /", "Tür · 手話 · 🤟", "plain");

        List<AuditRecord> trail = export();

        AuditChain chain = new AuditChain(tenant.id());
        trail.forEach(entry -> assertThat(chain.follow(entry)).isEmpty());
        assertThat(chain.sequence()).isEqualTo(3);
        Response checkpoint = tenant.as(Role.AUDITOR).get(AUDIT + "/checkpoint");
        // The auditor's own key is an entry, too.
        checkpoint
                .then()
                .statusCode(200)
                .body("sequence", equalTo(4))
                .body("tenant", equalTo(tenant.id().value()));
        VerificationKey key = VerificationKey.parse(
                        tenant.as(Role.AUDITOR).get(AUDIT + "/key").asString())
                .orElseThrow();
        assertThat(checkpoint.<String>path("key")).isEqualTo(key.fingerprint().value());
    }

    @Test
    void a_long_export_comes_in_pages() {
        tenant.as(Role.AUDITOR);
        enter(1_500);

        List<AuditRecord> trail = export();

        AuditChain chain = new AuditChain(tenant.id());
        trail.forEach(entry -> assertThat(chain.follow(entry)).isEmpty());
        assertThat(chain.sequence()).isEqualTo(1_501);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // one entry is taken away in the middle
                "DELETE FROM audit_log WHERE tenant = ? AND sequence = 3",
                // one is changed
                "UPDATE audit_log SET actor = 'nobody' WHERE tenant = ? AND sequence = 3",
                "UPDATE audit_log SET facts = '{}' WHERE tenant = ? AND sequence = 3",
                "UPDATE audit_log SET at = at - interval '1 hour' WHERE tenant = ? AND sequence = 3",
                // two change places
                "UPDATE audit_log SET sequence = 103 - sequence + 4 WHERE tenant = ? AND sequence IN (3, 4)"
            })
    void what_is_changed_in_the_middle_breaks_the_chain(String tampering) throws SQLException {
        keys("a", "b", "c", "d", "e");
        tenant.as(Role.AUDITOR);

        tamper(tampering);

        verify(List.of()).then().statusCode(200).body("intact", equalTo(false));
        AuditChain chain = new AuditChain(tenant.id());
        assertThat(export().stream().map(chain::follow).filter(Optional::isPresent))
                .isNotEmpty();
    }

    @Test
    void an_end_that_was_taken_away_is_found_by_a_checkpoint() throws SQLException {
        keys("a", "b", "c", "d", "e");
        Map<String, Object> checkpoint = checkpoint();

        tamper("DELETE FROM audit_log WHERE tenant = ? AND sequence > 4");

        verify(List.of()).then().body("intact", equalTo(true)).body("entries", equalTo(4));
        verify(List.of(checkpoint))
                .then()
                .body("intact", equalTo(false))
                .body("first_break", nullValue())
                .body("checkpoints[0].result", equalTo("entry-missing"));
    }

    @Test
    void a_trail_that_was_written_anew_with_fitting_hashes_is_found_by_a_checkpoint() throws SQLException {
        keys("a", "b", "c", "d", "e");
        Map<String, Object> checkpoint = checkpoint();

        rewriteWithoutItsThirdEntry();
        keys("f");

        verify(List.of()).then().body("intact", equalTo(true));
        verify(List.of(checkpoint))
                .then()
                .body("intact", equalTo(false))
                .body("checkpoints[0].result", equalTo("differs"));
    }

    @Test
    void a_checkpoint_that_was_changed_or_is_somebody_elses_proves_nothing() {
        keys("a", "b");
        Map<String, Object> checkpoint = checkpoint();
        Map<String, Object> changed = new HashMap<>(checkpoint);
        changed.put("sequence", 1);
        Map<String, Object> others =
                new ApiTenant().as(Role.AUDITOR).get(AUDIT + "/checkpoint").path("$");

        verify(List.of(checkpoint, changed, others))
                .then()
                .body("checkpoints.result", equalTo(List.of("agrees", "not-signed", "other-tenant")))
                .body("intact", equalTo(false));
    }

    @Test
    void what_is_no_checkpoint_is_refused_with_every_place() {
        tenant.as(Role.AUDITOR);
        Response refused = verify(List.of(Map.of("sequence", -1, "hash", "x", "surprise", true)));

        assertProblem(refused, ProblemCode.REQUEST_INVALID);
        assertThat(refused.<List<String>>path("errors.pointer"))
                .contains(
                        "/checkpoints/0/sequence",
                        "/checkpoints/0/hash",
                        "/checkpoints/0/surprise",
                        "/checkpoints/0/at");
    }

    @Test
    void a_change_whose_entry_cannot_be_written_does_not_happen() throws SQLException {
        tenant.upload(PluginText.named("kept").toString(), Wat.assemble(Guests.silent()))
                .then()
                .statusCode(201);
        String etag =
                tenant.as(Role.OPERATOR).get(ApiTenant.BASE + "/kept/config").header("ETag");
        tenant.as(Role.VIEWER);

        try (AutoCloseable broken = unwritable()) {
            String another = PluginText.named("another").toString();
            assertProblem(tenant.upload(another, Wat.assemble(Guests.silent())), ProblemCode.DATABASE_UNAVAILABLE);
            assertProblem(tenant.admin().delete(ApiTenant.BASE + "/kept"), ProblemCode.DATABASE_UNAVAILABLE);
            assertProblem(configure(etag), ProblemCode.DATABASE_UNAVAILABLE);
            assertProblem(
                    tenant.admin().contentType(ContentType.JSON).body("1").put(ApiTenant.BASE + "/kept/data/a"),
                    ProblemCode.DATABASE_UNAVAILABLE);
        } catch (Exception e) {
            throw new AssertionError(e);
        }

        tenant.as(Role.VIEWER).get(ApiTenant.BASE).then().body("plugins.id", equalTo(List.of("kept")));
        tenant.as(Role.OPERATOR).get(ApiTenant.BASE + "/kept/config").then().header("ETag", etag);
        configure(etag).then().statusCode(200);
    }

    private Response configure(String etag) {
        return tenant.as(Role.OPERATOR)
                .contentType(ContentType.JSON)
                .header("If-Match", etag)
                .body("{}")
                .put(ApiTenant.BASE + "/kept/config");
    }

    /** Until it is closed, no entry of this tenant can be written. */
    private AutoCloseable unwritable() throws SQLException {
        String name = "broken_" + tenant.id().value().replace("-", "_");
        execute("CREATE FUNCTION " + name + "() RETURNS trigger LANGUAGE plpgsql AS"
                + " $$ BEGIN RAISE EXCEPTION 'the disk is full' USING ERRCODE = '53100'; END $$");
        execute("CREATE TRIGGER " + name + " BEFORE INSERT ON audit_log FOR EACH ROW WHEN (NEW.tenant = '" + tenant.id()
                + "') EXECUTE FUNCTION " + name + "()");
        return () -> execute("DROP FUNCTION " + name + "() CASCADE");
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = TestDatabase.asSuperuser();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void tamper(String sql) throws SQLException {
        try (Connection connection = TestDatabase.asSuperuser();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, tenant.id().value());
            assertThat(statement.executeUpdate()).isPositive();
        }
    }

    /** As the database's owner could: the later entries are entered again without the third, the database makes hashes that fit. */
    private void rewriteWithoutItsThirdEntry() throws SQLException {
        String own = "tenant = '" + tenant.id() + "'";
        execute("CREATE TABLE kept_entries AS SELECT * FROM audit_log WHERE " + own + " AND sequence <> 3;"
                + "DELETE FROM audit_log WHERE " + own + ";"
                + "INSERT INTO audit_log (tenant, actor, action, subject, facts)"
                + " SELECT tenant, actor, action, subject, facts FROM kept_entries ORDER BY sequence;"
                + "DROP TABLE kept_entries");
    }

    private void enter(int entries) {
        try (Connection connection = TestDatabase.asSuperuser();
                PreparedStatement statement = connection.prepareStatement(
                        "INSERT INTO audit_log (tenant, actor, action, subject, facts) SELECT ?, 'key:test', 'key.create', 'key:' || n,"
                                + " '{}' FROM generate_series(1, ?) n")) {
            statement.setString(1, tenant.id().value());
            statement.setInt(2, entries);
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** Each makes an entry. */
    private void keys(String... names) {
        for (String name : names) {
            tenant.makeKey(Map.of("name", name, "roles", List.of("viewer")));
        }
    }

    private Map<String, Object> checkpoint() {
        return tenant.as(Role.AUDITOR).get(AUDIT + "/checkpoint").path("$");
    }

    private Response verify(List<Map<String, Object>> checkpoints) {
        return tenant.as(Role.AUDITOR)
                .contentType(ContentType.JSON)
                .body(Map.of("checkpoints", checkpoints))
                .post(AUDIT + "/verify");
    }

    /** All pages of the export, read by the platform's key, which makes no entry. */
    private List<AuditRecord> export() {
        List<AuditRecord> all = new ArrayList<>();
        Optional<String> next = Optional.of(AUDIT + "/export");
        while (next.isPresent()) {
            Response page = tenant.admin().get(next.get());
            page.then().statusCode(200);
            page.asString()
                    .lines()
                    .forEach(line -> all.add(AuditLines.read(line).orElseThrow()));
            next = Optional.ofNullable(page.header("Link")).map(link -> link.substring(1, link.indexOf('>')));
        }
        return all;
    }
}
