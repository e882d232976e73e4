package org.storysign.plugins.plugin.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class WebhookSecretTest {

    /** The example that the libraries of Standard Webhooks test themselves with. */
    @Test
    void a_message_is_signed_as_standard_webhooks_says() {
        WebhookSecret secret = WebhookSecret.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

        assertThat(secret.signature(
                        "msg_p5jXN8AQM9LWM0D4loKWxJek", Instant.ofEpochSecond(1_614_265_330), "{\"test\": 2432232314}"))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void a_secret_is_random_comes_back_from_its_text_and_is_never_printed() {
        WebhookSecret secret = WebhookSecret.random();

        assertThat(secret.text())
                .matches("whsec_[A-Za-z0-9+/]{43}=")
                .isNotEqualTo(WebhookSecret.random().text());
        assertThat(WebhookSecret.of(secret.text()).text()).isEqualTo(secret.text());
        assertThat(secret).hasToString("a webhook's secret");
    }
}
