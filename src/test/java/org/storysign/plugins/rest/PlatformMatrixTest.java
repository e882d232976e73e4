package org.storysign.plugins.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.storysign.plugins.kit.Guests;
import org.storysign.plugins.kit.ServiceTest;
import org.storysign.plugins.kit.Wat;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.permission.PermissionName;
import org.storysign.plugins.platform.FunctionDescription;
import org.storysign.plugins.platform.PlatformFunction;
import org.storysign.plugins.platform.PlatformGate;
import org.storysign.plugins.signature.KeyAlgorithm;
import org.storysign.plugins.storage.PluginStates;

/**
 * Every function of the platform, called over REST by a guest with its description's example: granted, not granted, optional and
 * refused; at each level; enabled, disabled and quarantined. A function without a description has no row, and breaks the build.
 */
@ServiceTest
class PlatformMatrixTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, FunctionDescription> ROWS = FunctionDescription.all().stream()
            .collect(Collectors.toMap(FunctionDescription::name, Function.identity()));

    /** Functions that keep something for the plugin; at level isolated it is refused with {@code data-quota-exceeded}. */
    private static final Set<String> KEEPING = Set.of("content_create", "storage_set");

    @Inject
    PlatformGate gate;

    private final ApiTenant tenant = new ApiTenant();
    private final Publisher publisher = new Publisher("acme", KeyAlgorithm.ED25519);

    @BeforeEach
    void trust() {
        publisher.trustedBy(tenant).then().statusCode(201);
    }

    /** How a plugin comes by the permission its function needs. */
    private enum Grant {
        GRANTED,
        NOT_GRANTED,
        OPTIONAL_REFUSED
    }

    @Test
    void every_registered_function_has_a_row() {
        assertThat(gate.functions())
                .extracting(PlatformFunction::name)
                .containsExactlyInAnyOrderElementsOf(ROWS.keySet());
    }

    @ParameterizedTest
    @EnumSource(SecurityLevel.class)
    void what_is_granted_answers_while_the_plugin_is_enabled(SecurityLevel level) throws Exception {
        for (PlatformFunction function : gate.functions()) {
            String id = install(function, level, Grant.GRANTED);
            enable(id, grants(function));
            JsonNode answer = answer(id, function);
            assertThat(shape(answer))
                    .as("%s at %s: %s", function.name(), level, answer)
                    .isEqualTo(shape(expected(function, level)));
            requireNoAnswerWhenNotEnabled(id, function);
        }
    }

    /** The example's answer, but where a plugin of the level may keep nothing. */
    private static JsonNode expected(PlatformFunction function, SecurityLevel level) {
        if (level == SecurityLevel.ISOLATED && KEEPING.contains(function.name())) {
            return JSON.createObjectNode()
                    .set("error", JSON.createObjectNode().put("code", "").put("message", ""));
        }
        return JSON.createObjectNode().set("ok", row(function).example().answer());
    }

    @ParameterizedTest
    @EnumSource(SecurityLevel.class)
    void what_is_imported_but_not_granted_stops_the_enable(SecurityLevel level) throws Exception {
        for (PlatformFunction function : gate.functions()) {
            if (function.anyOf().isEmpty()) {
                continue;
            }
            String id = install(function, level, Grant.NOT_GRANTED);

            Response refused = tryEnable(id, "[]");

            assertThat(refused.statusCode())
                    .as("%s at %s", function.name(), level)
                    .isEqualTo(422);
            assertThat((String) refused.path("code")).isEqualTo("permission-not-granted");
            requireNoAnswerWhenNotEnabled(id, function);
        }
    }

    @ParameterizedTest
    @EnumSource(SecurityLevel.class)
    void what_is_optional_and_refused_answers_permission_denied(SecurityLevel level) throws Exception {
        for (PlatformFunction function : gate.functions()) {
            if (function.anyOf().isEmpty()) {
                continue;
            }
            String id = install(function, level, Grant.OPTIONAL_REFUSED);
            enable(id, "[]");
            assertThat(answer(id, function).at("/error/code").textValue())
                    .as("%s at %s", function.name(), level)
                    .isEqualTo("permission-denied");
            requireNoAnswerWhenNotEnabled(id, function);
        }
    }

    private void requireNoAnswerWhenNotEnabled(String id, PlatformFunction function) throws SQLException {
        tenant.admin().contentType(ContentType.JSON).post(ApiTenant.BASE + "/" + id + "/disable");
        requireRefused(id, function, "disabled");
        PluginStates.quarantine(tenant.id(), id);
        requireRefused(id, function, "quarantined");
    }

    private void requireRefused(String id, PlatformFunction function, String state) {
        Response response = tenant.call(id, "run", input(id, function));
        assertThat(response.statusCode()).as("%s %s", id, state).isEqualTo(409);
        assertThat((String) response.path("code")).isEqualTo("plugin-not-enabled");
    }

    private void enable(String id, String grants) {
        Response response = tryEnable(id, grants);
        assertThat(response.statusCode()).as(id + " " + response.asString()).isEqualTo(200);
    }

    private Response tryEnable(String id, String grants) {
        Response first = enableOnce(id, "{\"grants\": " + grants + "}");
        return first.statusCode() == 409
                ? enableOnce(id, "{\"grants\": " + grants + ", \"consent\": \"" + first.path("consent") + "\"}")
                : first;
    }

    private Response enableOnce(String id, String body) {
        return tenant.admin().contentType(ContentType.JSON).body(body).post(ApiTenant.BASE + "/" + id + "/enable");
    }

    private JsonNode answer(String id, PlatformFunction function) throws IOException {
        return JSON.readTree(tenant.admin()
                .contentType("application/octet-stream")
                .body(input(id, function))
                .post(ApiTenant.BASE + "/" + id + "/call/run?user_id=ada")
                .then()
                .statusCode(200)
                .extract()
                .asByteArray());
    }

    private String install(PlatformFunction function, SecurityLevel level, Grant grant) {
        String id = (function.name() + "-" + grant + "-" + level)
                .toLowerCase(Locale.ROOT)
                .replace('_', '-');
        PluginText manifest = PluginText.named(id)
                .with("sandbox_config", Map.of("security_level", level.publicName()))
                .with("permissions", asked(function, grant));
        publisher
                .upload(tenant, manifest.toString(), Wat.assemble(Guests.handingOver(function.name(), 1)))
                .then()
                .statusCode(201);
        return id;
    }

    private static List<Object> asked(PlatformFunction function, Grant grant) {
        return switch (grant) {
            case GRANTED -> List.copyOf(names(function));
            case NOT_GRANTED -> List.of();
            case OPTIONAL_REFUSED ->
                names(function).stream()
                        .<Object>map(name -> Map.of("name", name, "optional", true))
                        .toList();
        };
    }

    private static List<String> names(PlatformFunction function) {
        return function.anyOf().stream()
                .map(PermissionName::publicName)
                .sorted()
                .toList();
    }

    private static String grants(PlatformFunction function) {
        return names(function).stream().map(name -> "\"" + name + "\"").collect(Collectors.joining(",", "[", "]"));
    }

    private static FunctionDescription row(PlatformFunction function) {
        return Objects.requireNonNull(ROWS.get(function.name()), function.name());
    }

    private static byte[] input(String id, PlatformFunction function) {
        return row(function)
                .example()
                .input()
                .toString()
                .replace("PLUGIN_ID", id)
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Members and kinds: ids and times are others each time. */
    private static JsonNode shape(JsonNode node) {
        ObjectNode shape = JSON.createObjectNode();
        node.properties().forEach(member -> shape.set(member.getKey(), shape(member.getValue())));
        return node.isObject()
                ? shape
                : JSON.getNodeFactory().textNode(node.getNodeType().name());
    }
}
