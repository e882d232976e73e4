package org.storysign.plugins.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.storysign.plugins.rest.Problems.assertProblem;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.storysign.plugins.identity.Digest;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.kit.FakeServer;
import org.storysign.plugins.kit.Guests;
import org.storysign.plugins.kit.ServiceTest;
import org.storysign.plugins.kit.TestSources.Place;
import org.storysign.plugins.kit.Wat;
import org.storysign.plugins.manifest.ManifestText;
import org.storysign.plugins.plugin.PackageArchive;
import org.storysign.plugins.plugin.PluginPackage;
import org.storysign.plugins.problem.ProblemCode;

/** Packages that the service brings itself. */
@ServiceTest
class SourcesTest {

    private static final byte[] MODULE = Wat.assemble(Guests.answering("fine"));

    private final ApiTenant tenant = new ApiTenant();
    private final Operations operations = new Operations(tenant);
    private FakeServer files;

    @BeforeEach
    void open() {
        files = new FakeServer(Place.FILES.port());
    }

    @AfterEach
    void close() {
        files.close();
    }

    /** A .zip that lies at the server; what a request says of it. */
    private Map<String, String> zip(String path, PluginText plugin) {
        byte[] zip = PackageArchive.write(new PluginPackage(ManifestText.bytes(plugin.toString()), MODULE));
        files.on(path, zip);
        return Map.of(
                "url",
                files.url(path + "?token=s3cret"),
                "digest",
                Digest.of(zip).value());
    }

    @Test
    void a_package_is_brought_from_a_url_and_is_there_as_if_it_had_been_uploaded() {
        Map<String, String> source = zip("/quiz.zip", PluginText.named("quiz"));

        Response first = operations.install(source);
        Response second = operations.install(source);

        first.then()
                .body("state", equalTo("succeeded"))
                .body("source", equalTo(files.url("/quiz.zip")))
                .body("source_digest", equalTo(source.get("digest")))
                .body("progress.phase", equalTo("finished"))
                .body("result.plugin_id", equalTo("quiz"))
                .body("result.version", equalTo("1.0.0"))
                .body("result.created", equalTo(true))
                .body("problem", nullValue());
        second.then().body("result.created", equalTo(false));
        tenant.admin()
                .get(ApiTenant.BASE + "/quiz")
                .then()
                .statusCode(200)
                .body("releases[0].package_digest", equalTo(first.<String>path("result.package_digest")));
        Response audit = tenant.as(Role.AUDITOR).get(ApiTenant.BASE + "/audit");
        assertThat(audit.<String>path("entries.find { it.action == 'plugin.install' }.facts.source"))
                .isEqualTo(files.url("/quiz.zip"));
        assertThat(audit.<String>path("entries.find { it.action == 'plugin.install' }.facts.source_digest"))
                .isEqualTo(source.get("digest"));
        assertThat(audit.asString()).doesNotContain("s3cret");
    }

    @Test
    void what_goes_wrong_is_told_by_the_operation_and_nothing_is_there() {
        Map<String, String> source = zip("/quiz.zip", PluginText.named("quiz"));
        files.on("/quiz.zip", new byte[] {1});

        Response failed = operations.install(source);

        failed.then()
                .body("state", equalTo("failed"))
                .body("problem.code", equalTo("digest-mismatch"))
                .body("problem.status", equalTo(422))
                .body("problem.type", equalTo("urn:storysign:problem:digest-mismatch"))
                .body("problem.detail", notNullValue())
                .body("result", nullValue());
        assertProblem(tenant.admin().get(ApiTenant.BASE + "/quiz"), ProblemCode.PLUGIN_NOT_FOUND);
    }

    @Test
    void a_folder_of_the_operators_is_installed_by_its_name() {
        operations
                .install(Map.of("directory", "enhanced-progress"))
                .then()
                .body("state", equalTo("succeeded"))
                .body("source", equalTo("directory `enhanced-progress`"))
                .body("result.plugin_id", equalTo("enhanced-progress"));
        assertProblem(
                operations.begin("/install", Map.of("directory", "../wasm-plugins/enhanced-progress")),
                ProblemCode.SOURCE_REFUSED);
    }

    @Test
    void a_release_is_brought_for_its_plugin_and_no_other() {
        tenant.upload(PluginText.named("quiz").toString(), MODULE).then().statusCode(201);
        Map<String, String> next = zip("/quiz-2.zip", PluginText.named("quiz").version("2.0.0"));

        operations
                .ended(operations.begin("/quiz/releases", next))
                .then()
                .body("state", equalTo("succeeded"))
                .body("result.version", equalTo("2.0.0"));
        operations
                .ended(operations.begin("/quiz/releases", zip("/other.zip", PluginText.named("other"))))
                .then()
                .body("problem.code", equalTo("request-invalid"));
        assertProblem(operations.begin("/nobody/releases", next), ProblemCode.PLUGIN_NOT_FOUND);
        assertProblem(tenant.admin().get(ApiTenant.BASE + "/other"), ProblemCode.PLUGIN_NOT_FOUND);
    }

    @Test
    void sources_that_no_operator_has_listed_are_refused_at_once() {
        for (Map<String, String> source : List.of(
                Map.of("url", "http://" + Place.UNLISTED.authority() + "/a.zip", "digest", digest()),
                Map.of("url", "https://169.254.169.254/latest/meta-data", "digest", digest()),
                Map.of("url", "https://" + Place.FILES.authority() + "@evil.example/a.zip", "digest", digest()),
                Map.of("oci", Place.FILES.authority() + "/team/quiz:1"),
                Map.of("oci", Place.REGISTRY.authority() + "/team/quiz:1", "credentials", "team"))) {
            assertProblem(operations.begin("/install", source), ProblemCode.SOURCE_REFUSED);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"source\": 1} | /source",
                "{\"source\": {}} | /source",
                "{\"source\": {\"url\": \"https://a.example/a\"}} | /source/digest",
                "{\"source\": {\"url\": \"https://a.example/a\", \"digest\": \"sha256:1\"}} | /source/digest",
                "{\"source\": {\"url\": \"file:///etc/passwd\", \"digest\": \"sha256:1\"}} | /source/url",
                "{\"source\": {\"oci\": \"quiz\"}} | /source/oci",
                "{\"source\": {\"oci\": \"r.example/quiz:1\", \"digest\": \"x\"}} | /source/digest",
                "{\"source\": {\"oci\": \"r.example/quiz:1\", \"username\": \"a\"}} | /source/username",
                "{\"source\": {\"directory\": \"a\", \"oci\": \"r.example/quiz:1\"}} | /source",
                "{\"source\": {\"directory\": \"a\"}, \"module\": \"AA==\"} | /module"
            })
    void a_source_that_makes_no_sense_is_refused_with_its_pointer(String body, String pointer) {
        Response refused =
                tenant.admin().contentType(ContentType.JSON).body(body).post(ApiTenant.BASE + "/install");

        assertProblem(refused, ProblemCode.REQUEST_INVALID);
        assertThat(refused.<List<String>>path("errors.pointer")).contains(pointer);
    }

    @Test
    void an_operation_is_its_tenants_and_a_limited_key_sees_its_own() {
        String limited = tenant.makeKey(
                Map.of("name", "limited", "roles", List.of("installer"), "plugins", List.of("quiz"), "users", "any"));
        Response theirs = operations.begin("/install", zip("/other.zip", PluginText.named("other")));
        operations.ended(theirs);

        Response mine = ApiTenant.anonymous()
                .header("X-API-Key", limited)
                .contentType(ContentType.JSON)
                .body(Map.of("source", zip("/third.zip", PluginText.named("third"))))
                .post(ApiTenant.BASE + "/install");

        operations.ended(mine).then().body("problem.code", equalTo("forbidden"));
        ApiTenant.anonymous()
                .header("X-API-Key", limited)
                .get(mine.header("Location"))
                .then()
                .statusCode(200);
        assertProblem(
                ApiTenant.anonymous().header("X-API-Key", limited).get(theirs.header("Location")),
                ProblemCode.NOT_FOUND);
        assertProblem(new ApiTenant().admin().get(theirs.header("Location")), ProblemCode.NOT_FOUND);
        assertProblem(tenant.admin().get(ApiTenant.BASE + "/operations/x"), ProblemCode.NOT_FOUND);
    }

    private static String digest() {
        return Digest.of(new byte[0]).value();
    }
}
