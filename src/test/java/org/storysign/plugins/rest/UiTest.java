package org.storysign.plugins.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.storysign.plugins.rest.Problems.assertProblem;

import io.restassured.response.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.storysign.plugins.identity.Digest;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.kit.Guests;
import org.storysign.plugins.kit.ServiceTest;
import org.storysign.plugins.kit.Wat;
import org.storysign.plugins.problem.ProblemCode;

@ServiceTest
class UiTest {

    private static final Map<String, String> FILES = Map.of(
            "ui/page.html", "<!doctype html><script src=\"page.js\"></script>",
            "ui/page.js", "1",
            "ui/odd.exe", "MZ",
            "ui/sub/pic.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
            "secret/data.json", "{}");

    private final ApiTenant tenant = new ApiTenant();

    @Test
    void components_of_a_plugin_that_is_only_observed_are_not_shown() {
        uploadForm("{}");
        tenant.enableAgreeing("panel", List.of("modify:ui"));

        tenant.admin()
                .contentType("application/json")
                .body("{\"mode\": \"observe\"}")
                .put(ApiTenant.BASE + "/panel/mode")
                .then()
                .statusCode(200);
        components("").then().body("components", hasSize(0));
    }

    @Test
    void components_of_enabled_plugins_are_listed_with_the_address_of_their_page() {
        uploadForm("{\"unit\": \"px\"}");
        components("").then().body("components", hasSize(0));
        tenant.enableAgreeing("panel", List.of("modify:ui"));

        components("")
                .then()
                .statusCode(200)
                .body("components", hasSize(1))
                .body("components[0].plugin_id", equalTo("panel"))
                .body("components[0].name", equalTo("panel"))
                .body("components[0].slot", equalTo("dashboard.sidebar"))
                .body("components[0].props.unit", equalTo("px"));
        components("?slot=dashboard.sidebar").then().body("components", hasSize(1));
        components("?slot=dashboard").then().body("components", hasSize(0));
        String other = tenant.makeKey(Map.of("name", "o", "roles", List.of("caller"), "plugins", List.of("other")));
        ApiTenant.anonymous()
                .header("X-API-Key", other)
                .get(ApiTenant.BASE + "/ui/components")
                .then()
                .statusCode(200)
                .body("components", hasSize(0));
    }

    @Test
    void a_page_is_public_by_its_digest_for_ever_and_may_run_its_own_scripts_and_nothing_else() {
        String folder = enabled();

        Response page = ApiTenant.anonymous().get(folder + "ui/page.html");

        page.then()
                .statusCode(200)
                .header("Content-Type", equalTo("text/html; charset=utf-8"))
                .header("X-Content-Type-Options", equalTo("nosniff"))
                .header("Cache-Control", equalTo("public, max-age=31536000, immutable"));
        assertThat(page.asString()).isEqualTo(FILES.get("ui/page.html"));
        String host = "localhost:" + io.restassured.RestAssured.port;
        assertThat(page.header("Content-Security-Policy"))
                .startsWith("sandbox allow-scripts; default-src 'none'; script-src " + host + folder + " " + host
                        + "/api/plugins/ui/widget.js 'unsafe-inline'; ")
                .contains("connect-src 'none'", "form-action 'none'", "base-uri 'none'", "frame-ancestors 'self'")
                .doesNotContain("allow-same-origin");
        ApiTenant.anonymous()
                .get(folder + "ui/sub/pic.svg")
                .then()
                .statusCode(200)
                .header("Content-Type", equalTo("image/svg+xml"))
                .header("Content-Security-Policy", equalTo(page.header("Content-Security-Policy")));
    }

    @Test
    void a_host_that_is_none_gets_no_place_in_the_policy() {
        String folder = enabled();

        String policy = ApiTenant.anonymous()
                .header("Host", "evil.example; script-src *")
                .get(folder + "ui/page.html")
                .header("Content-Security-Policy");

        assertThat(String.valueOf(policy)).doesNotContain("evil", "*");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ui/odd.exe",
                "secret/data.json",
                "ui/../secret/data.json",
                "ui/%2e%2e/secret/data.json",
                "ui/..%2fsecret/data.json",
                "plugin.wasm",
                "manifest.json",
                "ui/",
                "ui/PAGE.html",
                "ui/page.html%00",
                "nothing.html"
            })
    void nothing_else_of_a_package_is_served(String path) {
        assertProblem(ApiTenant.anonymous().get(enabled() + path), ProblemCode.NOT_FOUND);
    }

    @Test
    void files_of_a_plugin_that_is_disabled_or_may_show_nothing_are_not_served() {
        String folder = enabled();
        tenant.admin().post(ApiTenant.BASE + "/panel/disable").then().statusCode(200);

        assertProblem(ApiTenant.anonymous().get(folder + "ui/page.html"), ProblemCode.NOT_FOUND);
        assertProblem(
                ApiTenant.anonymous().get(ApiTenant.BASE + "/ui/files/" + "0".repeat(64) + "/ui/page.html"),
                ProblemCode.NOT_FOUND);
        assertProblem(ApiTenant.anonymous().get(ApiTenant.BASE + "/ui/files/x/ui/page.html"), ProblemCode.NOT_FOUND);
    }

    @Test
    void a_package_comes_as_a_zip_or_as_json_too_and_is_the_same() throws IOException {
        uploadForm("{\"unit\": \"px\"}");

        tenant.admin()
                .multiPart("package", "panel.zip", zip())
                .post(ApiTenant.BASE + "/upload")
                .then()
                .statusCode(200);
        tenant.admin()
                .contentType("application/json")
                .body("{\"manifest\": " + manifest("{\"unit\": \"px\"}") + ", \"module\": \"" + base64(module())
                        + "\", \"files\": {"
                        + FILES.entrySet().stream()
                                .map(file -> "\"" + file.getKey() + "\": \""
                                        + base64(file.getValue().getBytes(StandardCharsets.UTF_8)) + "\"")
                                .collect(java.util.stream.Collectors.joining(", "))
                        + "}}")
                .post(ApiTenant.BASE + "/install")
                .then()
                .statusCode(200);
    }

    @Test
    void a_package_whose_files_are_not_those_of_its_manifest_is_refused() {
        Map<String, byte[]> files = files();
        files.put("ui/page.js", new byte[] {'2'});
        assertProblem(tenant.upload(manifest("{}"), module(), files), ProblemCode.DIGEST_MISMATCH);
        files.remove("ui/page.js");
        assertProblem(tenant.upload(manifest("{}"), module(), files), ProblemCode.MANIFEST_INVALID);
        assertProblem(tenant.upload(manifest("{}"), module()), ProblemCode.MANIFEST_INVALID);
    }

    @Test
    void the_bridge_is_a_module_for_every_origin() {
        for (String script : List.of("bridge.js", "widget.js")) {
            ApiTenant.anonymous()
                    .get(ApiTenant.BASE + "/ui/" + script)
                    .then()
                    .statusCode(200)
                    .header("Content-Type", org.hamcrest.Matchers.startsWith("text/javascript"))
                    .header("Access-Control-Allow-Origin", equalTo("*"));
        }
    }

    private Response components(String query) {
        return tenant.as(Role.CALLER).get(ApiTenant.BASE + "/ui/components" + query);
    }

    /** Installs and enables; the address of the package's files, with a slash at its end. */
    private String enabled() {
        // A package of its own: another tenant's would be served as well, being the same.
        uploadForm("{\"tenant\": \"" + tenant.id() + "\"}");
        tenant.enableAgreeing("panel", List.of("modify:ui"));
        String url = components("").path("components[0].url");
        assertThat(url).endsWith("/ui/page.html");
        return url.substring(0, url.length() - "ui/page.html".length());
    }

    private void uploadForm(String props) {
        tenant.upload(manifest(props), module(), files()).then().statusCode(201);
    }

    private static byte[] module() {
        return Wat.assemble(Guests.silent());
    }

    private static Map<String, byte[]> files() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        FILES.forEach((path, text) -> files.put(path, text.getBytes(StandardCharsets.UTF_8)));
        return files;
    }

    private static String manifest(String props) {
        Map<String, String> digests = new LinkedHashMap<>();
        files().forEach((path, content) -> digests.put(path, Digest.of(content).value()));
        return PluginText.named("panel")
                .with("files", digests)
                .with("permissions", List.of("modify:ui"))
                .with(
                        "ui_components",
                        List.of(Map.of(
                                "name", "panel",
                                "slot", "dashboard.sidebar",
                                "source", "ui/page.html",
                                "props",
                                        io.restassured.path.json.JsonPath.from(props)
                                                .getMap("$"))))
                .toString();
    }

    private static byte[] zip() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            Map<String, byte[]> all = files();
            all.put("manifest.json", manifest("{\"unit\": \"px\"}").getBytes(StandardCharsets.UTF_8));
            all.put("plugin.wasm", module());
            for (Map.Entry<String, byte[]> entry : all.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return bytes.toByteArray();
    }

    private static String base64(byte[] bytes) {
        return java.util.Base64.getEncoder().encodeToString(bytes);
    }
}
