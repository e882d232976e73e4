package org.storysign.plugins.plugin.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookUrlTest {

    @ParameterizedTest
    @CsvSource({
        "https://hooks.example.com, hooks.example.com",
        "https://hooks.example.com:8443/a?b=c, hooks.example.com:8443",
        "https://93.184.216.34/, 93.184.216.34"
    })
    void a_public_https_address_is_taken(String url, String host) {
        assertThat(WebhookUrl.parse(url)).map(WebhookUrl::host).contains(host);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://hooks.example.com",
                "https://localhost/",
                "https://127.0.0.1/",
                "https://10.0.0.1/",
                "https://169.254.169.254/latest",
                "https://db.internal/",
                "https://anna@hooks.example.com/",
                "https://hooks.example.com/#x",
                "https://hooks.example.com\\@evil.example/",
                "https://hooks.example.com/a b",
                "https://hooks.example.com:443/",
                "https://hooks.example.com:99999/",
                "https://HOOKS.example.com/",
                "https://[::1]/",
                "https://hooks.example.com/\nHost: x",
                "ftp://hooks.example.com",
                ""
            })
    void anything_else_is_not(String url) {
        assertThat(WebhookUrl.parse(url)).isEmpty();
    }

    @Test
    void an_address_may_have_500_characters_and_no_more() {
        String longest = "https://hooks.example.com/" + "x".repeat(474);

        assertThat(WebhookUrl.parse(longest)).isPresent();
        assertThat(WebhookUrl.parse(longest + "x")).isEmpty();
    }
}
