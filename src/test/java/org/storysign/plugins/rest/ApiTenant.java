package org.storysign.plugins.rest;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.Tenants;
import org.storysign.plugins.kit.TestDatabase;
import org.storysign.plugins.kit.Wat;
import org.storysign.plugins.plugin.PackageFolder;
import org.storysign.plugins.plugin.PluginPackage;

/** A tenant nobody else uses, and clients of it in every role. */
public final class ApiTenant {

    public static final String BASE = "/api/plugins";

    private final TenantId id = Tenants.fresh();
    private final Map<Role, String> keys = new EnumMap<>(Role.class);

    public TenantId id() {
        return id;
    }

    /** Without a key. */
    public static RequestSpecification anonymous() {
        return given().urlEncodingEnabled(false);
    }

    /** With a key of this role; {@link Role#ADMIN} is the platform's own. */
    public RequestSpecification as(Role role) {
        if (role == Role.USER) {
            return anonymous().header("X-API-Key", keys.computeIfAbsent(role, _ -> token("ada")));
        }
        return role == Role.ADMIN
                ? anonymous()
                        .header("Authorization", "Bearer " + TestDatabase.ADMIN_KEY)
                        .header("Plugins-Tenant", id.value())
                : anonymous().header("X-API-Key", keys.computeIfAbsent(role, this::makeKey));
    }

    public RequestSpecification admin() {
        return as(Role.ADMIN);
    }

    private String makeKey(Role role) {
        return makeKey(Map.of("name", role.publicName(), "roles", List.of(role.publicName()), "users", "any"));
    }

    /** Makes a key and gives its secret. */
    public String makeKey(Map<String, ?> form) {
        return admin().contentType(ContentType.JSON)
                .body(form)
                .post(BASE + "/keys")
                .then()
                .statusCode(201)
                .extract()
                .path("secret");
    }

    /** A token of this user, made by a caller's key. */
    public String token(String user) {
        return as(Role.CALLER)
                .contentType(ContentType.JSON)
                .body(Map.of("user_id", user))
                .post(BASE + "/tokens")
                .then()
                .statusCode(201)
                .extract()
                .path("token");
    }

    public RequestSpecification asUser(String user) {
        return anonymous().header("Authorization", "Bearer " + token(user));
    }

    public Response upload(String manifest, byte[] module) {
        return upload(manifest, module, Map.of());
    }

    public Response upload(String manifest, byte[] module, Map<String, byte[]> files) {
        RequestSpecification form = admin().multiPart(
                        "manifest", "manifest.json", manifest.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .multiPart("module", "plugin.wasm", module);
        files.forEach((path, content) -> form.multiPart("file:" + path, path, content));
        return form.post(BASE + "/upload");
    }

    /** Uploads one of the examples with its files. */
    public void uploadExample(String name) throws IOException {
        PluginPackage example = new PackageFolder(Path.of("wasm-plugins", name)).read();
        Map<String, byte[]> files = new TreeMap<>();
        example.files()
                .paths()
                .forEach(path -> files.put(path, example.files().content(path).orElseThrow()));
        upload(new String(example.manifest(), java.nio.charset.StandardCharsets.UTF_8), example.module(), files)
                .then()
                .statusCode(201);
    }

    /** Enables with these grants, agreeing to whatever that takes. */
    public void enableAgreeing(String id, List<String> grants) {
        Response asked = enable(id, Map.of("grants", grants));
        if (asked.statusCode() == 409) {
            asked = enable(id, Map.of("grants", grants, "consent", asked.<String>path("consent")));
        }
        asked.then().statusCode(200);
    }

    private Response enable(String id, Map<String, ?> form) {
        return admin().contentType(ContentType.JSON).body(form).post(BASE + "/" + id + "/enable");
    }

    /** Installs and enables a plugin with one handler {@code handle} out of the text format. */
    public void enable(PluginText plugin, String wat) {
        upload(plugin.toString(), Wat.assemble(wat)).then().statusCode(201);
        enable(plugin.id());
    }

    public void enable(String id) {
        admin().contentType(ContentType.JSON)
                .body("{\"grants\": []}")
                .post(BASE + "/" + id + "/enable")
                .then()
                .statusCode(200);
    }

    public Response hook(String name, Object body) {
        return admin().contentType(ContentType.JSON).body(body).post(BASE + "/hooks/" + name);
    }

    public Response call(String id, String export, byte[] input) {
        return admin().contentType("application/octet-stream").body(input).post(BASE + "/" + id + "/call/" + export);
    }
}
