package org.storysign.plugins.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.Guests;
import org.storysign.plugins.kit.Tenants;
import org.storysign.plugins.kit.TestDatabase;
import org.storysign.plugins.kit.Wat;
import org.storysign.plugins.signature.KeyAlgorithm;
import org.storysign.plugins.signature.SigningKey;

/**
 * Control C35: secrets of every kind are brought to a service that logs more than usual, and much is done with them, wrong things too.
 * Afterwards none of them is in an answer (but the one that shows it), in the log, in a metric, or in the database.
 */
class CanarySecretsIT {

    private static final String MANIFEST = """
            {"manifest_version": 1, "id": "%s", "name": "Keeps secrets", "version": "%s",
             "description": "Has many secrets", "author": "The tests", "entry_point": "plugin.wasm",
             "hooks": [{"name": "greeting", "type": "replace", "handler": "handle"}],
             "config_schema": {"type": "object", "properties": {
               "open": {"type": "string"}, "a": {"$ref": "#/$defs/secret"}, "b": {"$ref": "#/$defs/secret"},
               "nested": {"type": "object", "properties": {"c": {"$ref": "#/$defs/secret"}, "d": {"type": "object",
                 "writeOnly": true}}},
               "list": {"type": "array", "items": {"$ref": "#/$defs/secret"}},
               "any": {"oneOf": [{"type": "integer"}, {"$ref": "#/$defs/secret"}]}},
               "patternProperties": {"^x-": {"$ref": "#/$defs/secret"}},
               "$defs": {"secret": {"type": "string", "writeOnly": true, "maxLength": 40}}}}""";
    private static final String CONFIG = """
            {"open": "fine", "a": "%s", "b": "%s", "nested": {"c": "%s", "d": {"e": "%s"}}, "list": ["%s", "%s"], "any": "%s",
             "x-token": "%s"}""";

    private final TenantId tenant = Tenants.fresh();
    private final Canaries canaries = new Canaries();
    private final String adminKey = canaries.next("the admin key");
    private final List<String> answers = new ArrayList<>();

    @Test
    void fifty_secrets_are_found_nowhere() {
        Map<String, String> settings = settings();
        try (ServiceProcess service = ServiceProcess.startWith("canaries", settings, LOGGING_MORE)) {
            Client client = Client.of(service, tenant).as(adminKey);
            for (String id : List.of("keeper", "vault", "safe")) {
                configureAndRun(client, id);
            }
            keysAndTokens(client);
            readEverything(client);

            assertThat(canaries.count()).as("secrets").isGreaterThanOrEqualTo(50);
            assertThat(canaries.in("an answer", String.join("\n", answers))).isEmpty();
            assertThat(canaries.in("a metric", client.outside("/q/metrics").body()))
                    .isEmpty();
            assertThat(canaries.in("the log", service.said())).isEmpty();
            assertThat(canaries.inTables()).isEmpty();
            assertThat(canaries.inFiles()).isEmpty();
            System.out.printf(
                    "secrets %d, answers %d (%d KiB), log %d KiB: found nowhere%n",
                    canaries.count(),
                    answers.size(),
                    answers.stream().mapToInt(String::length).sum() >> 10,
                    service.said().length() >> 10);
            thatWhichIsNoSecretIsFound(client);
        }
    }

    private static final String[] LOGGING_MORE = {
        "-Xmx384m",
        "-XX:TieredStopAtLevel=1",
        "-Dquarkus.log.category.\"org.storysign\".level=DEBUG",
        "-Dquarkus.hibernate-orm.log.sql=true",
        "-Dquarkus.http.access-log.enabled=true"
    };

    /** Six secrets of the operator's. */
    private Map<String, String> settings() {
        SigningKey.Pair audit = SigningKey.generate(KeyAlgorithm.ED25519);
        String pem = audit.signing().pem();
        canaries.keep("the audit trail's private key", pem.lines().toList().get(1));
        canaries.keep("the owner's password", TestDatabase.address().owner().password());
        canaries.keep("the service's password", TestDatabase.address().service().password());
        return Map.of(
                "storysign.admin-key",
                adminKey,
                "storysign.secrets.keys.first",
                canaries.keep("the key of secrets", "c0ffee42".repeat(8)),
                "storysign.audit.private-key",
                pem,
                "storysign.audit.public-key",
                audit.verifying().pem(),
                "storysign.ai.text.url",
                "http://127.0.0.1:9/v1",
                "storysign.ai.text.model",
                "none",
                "storysign.ai.text.key",
                canaries.next("the key of the text model"));
    }

    private String config() {
        return CONFIG.formatted(Stream.of("a", "b", "c", "e", "list 0", "list 1", "any", "x-token")
                .map(canaries::next)
                .toArray());
    }

    /** Ten secrets, twice as many requests: kept, tried, refused, replaced, taken away. */
    private void configureAndRun(Client client, String id) {
        byte[] module = Wat.assemble(Guests.answering("{\"result\": \"good morning\"}"));
        keep(client.install(MANIFEST.formatted(id, "1.0.0"), module));
        keep(client.put("/" + id + "/config?dry_run=true", "\"1\"", config()));
        Client.Answer kept = keep(client.put("/" + id + "/config", "\"1\"", config()));
        assertThat(kept.status()).as(kept.body()).isEqualTo(200);
        String refused = "{\"a\": \"" + canaries.next("one that is refused") + "x".repeat(40) + "\"}";
        assertThat(keep(client.put("/" + id + "/config", "\"2\"", refused)).status())
                .isEqualTo(422);
        keep(client.put("/" + id + "/config", "\"1\"", "{\"b\": \"" + canaries.next("one that is stale") + "\"}"));
        keep(client.put("/" + id + "/config", "\"2\"", "{\"b\": \"" + canaries.next("one in broken JSON") + "\""));
        assertThat(keep(client.enable(id)).status()).isEqualTo(200);
        keep(client.post("/hooks/greeting", "{\"type\": \"replace\"}"));
        keep(client.call(id, "handle"));
        keep(client.install(MANIFEST.formatted(id, "2.0.0"), module));
        keep(client.put("/" + id + "/config", "\"2\"", "{\"open\": \"still\", \"a\": null}"));
        keep(client.get("/" + id + "/config"));
        keep(client.disable(id));
        keep(client.delete("/vault"));
    }

    private void keysAndTokens(Client client) {
        for (int i = 0; i < 6; i++) {
            // Shown once: this answer is not kept.
            Client.Answer made = client.post(
                    "/keys", "{\"name\": \"k\", \"roles\": [\"caller\", \"viewer\"], \"users\": \"any\"}", "key-" + i);
            String secret = canaries.keep(
                    "the secret of a key", made.json().path("secret").asText());
            keep(client.as(secret).get("/"));
            keep(client.as(secret).post("/keys", "{}"));
            Client.Answer token = client.as(secret).post("/tokens", "{\"user_id\": \"ada\", \"ttl\": 60}");
            canaries.keep("a user's token", token.json().path("token").asText());
            keep(client.delete("/keys/" + made.json().path("key").path("id").asText()));
            keep(client.as(secret).get("/"));
        }
        keep(client.as(canaries.next("a key that there never was")).get("/"));
        keep(client.get("/nothing?token=" + canaries.next("one in an address")));
    }

    private void readEverything(Client client) {
        for (String path : List.of(
                "/",
                "/keeper",
                "/safe",
                "/keeper/releases",
                "/safe/config",
                "/keys",
                "/audit",
                "/audit/export",
                "/status",
                "/hooks",
                "/queue",
                "/publishers",
                "/security/permissions",
                "/keeper/data",
                "/hooks/greeting")) {
            keep(client.get(path));
        }
        keep(client.outside("/q/openapi"));
        keep(client.outside("/q/health"));
    }

    /** Else the search would find nothing, whatever there is. */
    private void thatWhichIsNoSecretIsFound(Client client) {
        Canaries open = new Canaries();
        String found = open.next("one that is no secret");
        Client.Answer answer = client.put("/keeper/config", "\"3\"", "{\"open\": \"" + found + "\"}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);

        assertThat(open.in("an answer", answer.body())).isNotEmpty();
        assertThat(open.inTables()).isNotEmpty();
        assertThat(open.inFiles()).isNotEmpty();
    }

    private Client.Answer keep(Client.Answer answer) {
        answers.add(answer.body());
        return answer;
    }
}
