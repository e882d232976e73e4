package org.storysign.plugins.platform.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.identity.UserId;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

class QuestionTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "anna",
                "../admin",
                "a/b?c#d&e=f",
                "100%",
                "%2e%2e",
                "a b+c",
                "größe",
                "😀",
                "x@y.example",
                "*~-._",
                "\u2028"
            })
    void a_users_name_reaches_the_service_as_it_is_and_changes_no_address(String name) {
        Exchange.Request request = Question.reading("/user")
                .by(TenantId.DEFAULT, new PluginId("notes"), Optional.of(new UserId(name)))
                .with("id", name)
                .request();

        String sent = request.headers().get("Plugins-User");
        assertThat(sent).matches("([A-Za-z0-9._~-]|%[0-9A-F]{2})+");
        assertThat(URLDecoder.decode(sent, StandardCharsets.UTF_8)).isEqualTo(name);
        assertThat(request.path()).isEqualTo("/user?id=" + sent);
    }

    @Test
    void what_cannot_be_said_in_utf_8_is_refused_rather_than_said_otherwise() {
        assertThatThrownBy(() -> Question.reading("/user")
                        .by(TenantId.DEFAULT, new PluginId("notes"), Optional.of(new UserId("\ud800"))))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ProblemCode.DATA_INVALID));
    }

    @Test
    void a_change_has_a_key_of_its_own_and_a_reading_has_none() {
        JsonNodeFactory json = JsonNodeFactory.instance;
        Question change = Question.change("POST", "/events", json.objectNode());

        String key = change.request().headers().get("Idempotency-Key");

        assertThat(key).hasSize(36).isEqualTo(change.request().headers().get("Idempotency-Key"));
        assertThat(Question.change("POST", "/events", json.objectNode())
                        .request()
                        .headers()
                        .get("Idempotency-Key"))
                .isNotEqualTo(key);
        assertThat(Question.reading("/user").request().headers()).doesNotContainKey("Idempotency-Key");
    }
}
