package org.storysign.plugins.rest;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.Tenants;
import org.storysign.plugins.kit.TestDatabase;
import org.storysign.plugins.kit.Wat;

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

    public Response upload(String manifest, byte[] module) {
        return admin().multiPart(
                        "manifest", "manifest.json", manifest.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .multiPart("module", "plugin.wasm", module)
                .post(BASE + "/upload");
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
