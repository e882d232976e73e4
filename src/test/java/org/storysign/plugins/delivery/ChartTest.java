package org.storysign.plugins.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.storysign.plugins.limits.SecurityLevel;

/** The chart, linted and rendered by helm itself. */
class ChartTest {

    private static final Chart DEFAULT = Chart.with(Map.of());

    @Test
    void helm_finds_nothing_to_complain_about() {
        var result = Chart.lint();

        assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
    }

    @Test
    void by_default_it_is_a_deployment_a_service_an_account_and_a_network_policy() {
        assertThat(DEFAULT.kinds())
                .containsExactlyInAnyOrder("NetworkPolicy", "ServiceAccount", "Service", "Deployment");
    }

    @Test
    void one_replica_gives_way_before_the_next_one_starts() {
        JsonNode spec = DEFAULT.only("Deployment").path("spec");

        assertThat(spec.path("replicas").asInt()).isEqualTo(1);
        assertThat(spec.at("/strategy/type").asText()).isEqualTo("Recreate");
    }

    @ParameterizedTest
    @CsvSource({"database.url", "database.existingSecret", "adminKey.existingSecret"})
    void what_has_no_sensible_default_is_asked_for_by_name(String value) {
        assertThatThrownBy(() -> Chart.with(Map.of(value, ""))).hasMessageContaining(value + " is needed");
    }

    @ParameterizedTest
    @CsvSource({
        "cores, 0",
        "guests.largestCallMiB, 8",
        "guests.isolatedWorkers, -1",
        "database.url, postgresql://user:secret@db/plugins",
        "image.digest, latest",
        "replicas, 2",
        "terminationGracePeriodSeconds, 5"
    })
    void a_value_of_another_form_is_refused(String value, String wrong) {
        assertThatThrownBy(() -> Chart.with(Map.of(value, wrong))).hasMessageContaining("values don't meet");
    }

    @Test
    void the_pod_fits_the_restricted_standard() {
        JsonNode pod = DEFAULT.pod();
        JsonNode container = DEFAULT.container();

        assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
        assertThat(container.at("/securityContext/allowPrivilegeEscalation").asBoolean(true))
                .isFalse();
        assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean())
                .isTrue();
        assertThat(container.at("/securityContext/capabilities/drop"))
                .map(JsonNode::asText)
                .containsExactly("ALL");
        assertThat(pod.path("hostNetwork").asBoolean() || pod.path("hostPID").asBoolean())
                .isFalse();
    }

    @Test
    void only_tmp_can_be_written_and_only_so_much() {
        assertThat(DEFAULT.pod().path("volumes")).hasSize(1);
        assertThat(DEFAULT.pod().at("/volumes/0/emptyDir/sizeLimit").asText()).isEqualTo("256Mi");
        assertThat(DEFAULT.container().at("/volumeMounts/0/mountPath").asText()).isEqualTo("/tmp");
    }

    @Test
    void no_token_of_the_cluster_is_in_reach() {
        assertThat(DEFAULT.pod().path("automountServiceAccountToken").asBoolean(true))
                .isFalse();
        assertThat(DEFAULT.only("ServiceAccount")
                        .path("automountServiceAccountToken")
                        .asBoolean(true))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "STORYSIGN_DATABASE_OWNER_USERNAME, plugins-database, owner-username",
        "STORYSIGN_DATABASE_OWNER_PASSWORD, plugins-database, owner-password",
        "STORYSIGN_DATABASE_SERVICE_USERNAME, plugins-database, service-username",
        "STORYSIGN_DATABASE_SERVICE_PASSWORD, plugins-database, service-password",
        "STORYSIGN_ADMIN_KEY, plugins-admin, admin-key"
    })
    void credentials_come_from_secrets_that_are_there_already(String variable, String secret, String key) {
        JsonNode reference = DEFAULT.environment(variable).at("/valueFrom/secretKeyRef");

        assertThat(reference.path("name").asText()).isEqualTo(secret);
        assertThat(reference.path("key").asText()).isEqualTo(key);
    }

    @ParameterizedTest
    @CsvSource({"startupProbe, /q/health/started", "livenessProbe, /q/health/live", "readinessProbe, /q/health/ready"})
    void the_probes_ask_the_health_endpoints(String probe, String path) {
        assertThat(DEFAULT.container().path(probe).at("/httpGet/path").asText()).isEqualTo(path);
        assertThat(DEFAULT.container().path(probe).at("/httpGet/port").asText()).isEqualTo("http");
    }

    @ParameterizedTest
    @CsvSource({"2, 2, 128, 2, 1536, 3296", "4, 2, 256, 8, 4608, 7232", "1, 1, 64, 0, 640, 2112"})
    void heap_and_pod_memory_follow_from_what_the_guests_may_use(
            int cores, int callsPerCore, int largestCallMiB, int workers, int heapMiB, int podMiB) {
        Chart chart = Chart.with(Map.of(
                "cores",
                cores,
                "guests.callsPerCore",
                callsPerCore,
                "guests.largestCallMiB",
                largestCallMiB,
                "guests.isolatedWorkers",
                workers));

        JsonNode resources = chart.container().path("resources");
        assertThat(chart.environment("JDK_JAVA_OPTIONS").path("value").asText())
                .contains("-Xmx" + heapMiB + "m", "-XX:ActiveProcessorCount=" + cores);
        assertThat(resources.at("/limits/memory").asText()).isEqualTo(podMiB + "Mi");
        assertThat(resources.at("/requests/memory").asText()).isEqualTo(podMiB + "Mi");
        assertThat(resources.at("/limits/cpu").asInt()).isEqualTo(cores);
        assertThat(chart.environment("STORYSIGN_WORKERS_MOST").path("value").asText())
                .isEqualTo(String.valueOf(workers));
    }

    @Test
    void the_guest_budget_is_that_of_the_most_trusted_level() {
        long mebibytes = SecurityLevel.MINIMAL.limits().memory().bytes() >> 20;

        Chart same = Chart.with(Map.of("guests.largestCallMiB", mebibytes));

        assertThat(same.container().path("resources"))
                .isEqualTo(DEFAULT.container().path("resources"));
    }

    @Test
    void running_calls_may_end_before_the_pod_is_killed() {
        Chart chart = Chart.with(Map.of("terminationGracePeriodSeconds", 60));

        assertThat(chart.pod().path("terminationGracePeriodSeconds").asInt()).isEqualTo(60);
        assertThat(chart.environment("QUARKUS_SHUTDOWN_TIMEOUT").path("value").asText())
                .isEqualTo("55s");
    }

    @Test
    void the_network_lets_neighbours_in_and_only_names_and_the_database_out() {
        JsonNode policy = DEFAULT.only("NetworkPolicy").path("spec");

        assertThat(policy.path("policyTypes")).map(JsonNode::asText).containsExactly("Ingress", "Egress");
        assertThat(policy.at("/ingress/0/ports/0/port").asText()).isEqualTo("http");
        assertThat(policy.at("/ingress/0/from/0/podSelector").isEmpty()).isTrue();
        assertThat(policy.path("egress")).hasSize(2);
        assertThat(policy.at("/egress/0/ports"))
                .allMatch(port -> port.path("port").asInt() == 53);
        assertThat(policy.at("/egress/1/ports")).hasSize(1);
        assertThat(policy.at("/egress/1/ports/0/port").asInt()).isEqualTo(5432);
    }

    @Test
    void the_network_policy_can_be_left_to_others() {
        assertThat(Chart.with(Map.of("networkPolicy.enabled", false)).kinds()).doesNotContain("NetworkPolicy");
    }

    @Test
    void an_ingress_shows_the_api_and_nothing_else() {
        Chart chart = Chart.with(
                Map.of("ingress.enabled", true, "ingress.host", "plugins.example", "ingress.tlsSecret", "plugins-tls"));

        JsonNode spec = chart.only("Ingress").path("spec");
        assertThat(spec.at("/rules")).hasSize(1);
        assertThat(spec.at("/rules/0/http/paths")).hasSize(1);
        assertThat(spec.at("/rules/0/http/paths/0/path").asText()).isEqualTo("/api/plugins");
        assertThat(spec.at("/tls/0/secretName").asText()).isEqualTo("plugins-tls");
    }

    @Test
    void service_policy_and_deployment_mean_the_same_pods() {
        JsonNode labels = DEFAULT.only("Deployment").at("/spec/template/metadata/labels");
        JsonNode selector = DEFAULT.only("Deployment").at("/spec/selector/matchLabels");

        assertThat(DEFAULT.only("Service").at("/spec/selector")).isEqualTo(selector);
        assertThat(DEFAULT.only("NetworkPolicy").at("/spec/podSelector/matchLabels"))
                .isEqualTo(selector);
        assertThat(selector).isNotEmpty();
        selector.properties()
                .forEach(label -> assertThat(labels.path(label.getKey())).isEqualTo(label.getValue()));
    }

    @Test
    void an_image_is_named_by_its_digest_when_there_is_one() {
        String digest = "sha256:" + "0123456789abcdef".repeat(4);

        Chart chart = Chart.with(Map.of("image.repository", "registry.example/plugins", "image.digest", digest));

        assertThat(chart.container().path("image").asText()).isEqualTo("registry.example/plugins@" + digest);
    }
}
