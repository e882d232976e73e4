package org.storysign.plugins.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.Guests;
import org.storysign.plugins.kit.Pauses;
import org.storysign.plugins.kit.Tenants;
import org.storysign.plugins.kit.Wat;

/** What is changed at one process is true at the other. */
class TwoProcessesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String MANIFEST = """
            {"manifest_version": 1, "id": "followed", "name": "Followed", "version": "1.0.0",
             "description": "Is enabled at one process and served by the other", "author": "The tests",
             "entry_point": "plugin.wasm", "hooks": [{"name": "greeting", "type": "replace", "handler": "handle"}]}""";

    private final TenantId tenant = Tenants.fresh();

    @Test
    void an_enable_at_one_is_served_by_the_other_until_it_is_disabled_there() {
        try (ServiceProcess one = ServiceProcess.start("one");
                ServiceProcess other = ServiceProcess.start("other")) {
            Client here = Client.of(one, tenant);
            Client there = Client.of(other, tenant);
            assertThat(hook(there)).doesNotContain("good morning");

            byte[] module = Wat.assemble(Guests.answering("{\"result\": \"good morning\"}"));
            assertThat(here.install(MANIFEST, module).status()).isEqualTo(201);
            assertThat(here.enable("followed").status()).isEqualTo(200);
            assertThat(Pauses.until(PATIENCE, () -> hook(there).contains("good morning")))
                    .isTrue();

            assertThat(there.disable("followed").status()).isEqualTo(200);
            assertThat(Pauses.until(PATIENCE, () -> !hook(here).contains("good morning")))
                    .isTrue();
        }
    }

    private static String hook(Client client) {
        Client.Answer answer = client.post("/hooks/greeting", "{\"type\": \"replace\"}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }
}
