package org.storysign.plugins.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.storysign.plugins.kit.FolderPlugin.log;
import static org.storysign.plugins.kit.FolderPlugin.output;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.storysign.plugins.kit.FolderPlugin;
import org.storysign.plugins.kit.PlatformView;
import org.storysign.plugins.permission.PermissionName;
import org.storysign.plugins.sandbox.CallResult;
import org.storysign.plugins.sandbox.Trap;
import org.storysign.plugins.sandbox.chicory.Tiering;

/** The SDK's example in Go, as its README says. */
class StudyGroupsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Loaded once: a Go module is large. */
    private static final FolderPlugin LOADED =
            FolderPlugin.load(Path.of("wasm-plugins", "sdk", "examples", "study-groups"), Tiering.COMPILED);

    private final FolderPlugin plugin = LOADED.onNewPlatform();
    private final PlatformView left = new PlatformView(plugin);

    @AfterAll
    static void close() {
        LOADED.close();
    }

    @Test
    void who_joins_is_kept_told_logged_and_emitted() throws IOException {
        left.tellOfUser("ada", "{\"name\": \"Ada\"}");

        assertThat(join(plugin, "ada", "frogs", 200).toString()).isEqualTo("{\"group\":\"frogs\",\"members\":1}");
        assertThat(join(plugin, "bob", "frogs", 200).toString()).isEqualTo("{\"group\":\"frogs\",\"members\":2}");

        assertThat(left.stored(Optional.empty(), "groups/frogs")).contains("[\"ada\",\"bob\"]");
        assertThat(left.stored(Optional.of("ada"), "group")).contains("{\"group\":\"frogs\"}");
        assertThat(left.sent())
                .containsExactly(
                        "to all on group.frogs: {\"joined\":\"Ada\",\"members\":1}",
                        "to all on group.frogs: {\"joined\":\"bob\",\"members\":2}");
        assertThat(left.logged("bob")).containsExactly("group.joined {\"group\":\"frogs\",\"members\":2}");
        assertThat(left.emitted()).hasSize(2);
        assertThat(left.emitted().getFirst())
                .startsWith("plugin.study-groups.joined: ")
                .contains("\"result\":{\"group\":\"frogs\",\"members\":1}");
    }

    @Test
    void who_joins_another_group_leaves_the_one_before() throws IOException {
        join(plugin, "ada", "frogs", 200);
        join(plugin, "bob", "frogs", 200);
        join(plugin, "ada", "toads", 200);

        JsonNode answer = JSON.readTree(output(plugin.forUser("ada").call("list", request("ada", ""))));
        assertThat(answer.path("body").asText()).isEqualTo("{\"frogs\":1,\"toads\":1}");
    }

    @Test
    void a_full_group_takes_nobody_but_its_members() throws IOException {
        FolderPlugin small = plugin.configured("{\"most_members\": 2}");
        join(small, "ada", "frogs", 200);
        join(small, "bob", "frogs", 200);

        assertThat(join(small, "eve", "frogs", 409).path("error").asText()).isEqualTo("the group is full");
        assertThat(join(small, "bob", "frogs", 200).path("members").asInt()).isEqualTo(2);
        assertThat(left.stored(Optional.of("eve"), "group")).isEmpty();
    }

    @Test
    void good_practice_is_told_to_the_group() throws IOException {
        join(plugin, "ada", "frogs", 200);

        practise("ada", 80);
        practise("ada", 79);
        practise("eve", 100);

        assertThat(left.sent()).hasSize(2).last().isEqualTo("to all on group.frogs: {\"cheer\":\"ada\",\"score\":80}");
    }

    @Test
    void without_the_optional_permission_no_hook_is_emitted_and_all_else_is_done() throws IOException {
        FolderPlugin silent = plugin.granted(
                PermissionName.STORAGE_READ,
                PermissionName.STORAGE_WRITE,
                PermissionName.READ_USER_DATA,
                PermissionName.WRITE_USER_DATA,
                PermissionName.MODIFY_UI);

        CallResult result = silent.forUser("ada").call("join", request("ada", "{\\\"group\\\": \\\"frogs\\\"}"));

        assertThat(output(result)).contains("\"status\":200");
        assertThat(log(result)).containsExactly("INFO no hook is emitted: the operator did not grant it");
        assertThat(left.emitted()).isEmpty();
        assertThat(left.sent()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Frogs", "a/b", "fr ogs", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})
    void a_group_has_a_plain_name(String name) throws IOException {
        assertThat(join(plugin, "ada", name, 400).path("error").asText()).startsWith("`group` must be");
    }

    @Test
    void nobody_joins_nothing() throws IOException {
        String request =
                request("", "{\\\"group\\\": \\\"frogs\\\"}").replace("\"user_id\": \"\"", "\"user_id\": null");

        assertThat(JSON.readTree(output(plugin.call("join", request)))
                        .path("status")
                        .asInt())
                .isEqualTo(401);
    }

    @Test
    void what_the_platform_refuses_fails_the_call_in_its_words() {
        CallResult result = plugin.refused("service-busy", "come later").call("list", request("ada", ""));

        assertThat(result)
                .isInstanceOfSatisfying(
                        CallResult.Trapped.class,
                        trapped -> assertThat(trapped.trap())
                                .isEqualTo(new Trap.PluginError(1, "`service-busy: come later`")));
    }

    private void practise(String user, int score) {
        assertThat(output(plugin.forUser(user).hook("practised", "\"result\": {\"score\": " + score + "}")))
                .isEmpty();
    }

    private static JsonNode join(FolderPlugin plugin, String user, String group, int status) throws IOException {
        String request = request(user, "{\\\"group\\\": \\\"" + group + "\\\"}");
        JsonNode answer = JSON.readTree(output(plugin.forUser(user).call("join", request)));
        assertThat(answer.path("status").asInt()).as(answer.toString()).isEqualTo(status);
        return JSON.readTree(answer.path("body").asText());
    }

    private static String request(String user, String body) {
        return ("{\"method\": \"POST\", \"path\": \"/groups\", \"path_params\": {}, \"query\": {}, \"headers\": {},"
                        + " \"body\": \"%s\", \"user_id\": \"%s\"}")
                .formatted(body, user);
    }
}
