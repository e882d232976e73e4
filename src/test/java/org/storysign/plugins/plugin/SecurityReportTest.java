package org.storysign.plugins.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.storysign.plugins.plugin.TestService.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.FakePlatform;
import org.storysign.plugins.kit.Golden;
import org.storysign.plugins.kit.Modules;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.platform.PlatformGate;
import org.storysign.plugins.plugin.DigestBlocks.Reach;
import org.storysign.plugins.plugin.SecurityReports.Place;
import org.storysign.plugins.plugin.SecurityReports.Ranked;
import org.storysign.plugins.plugin.history.CallRecord;
import org.storysign.plugins.plugin.history.Counter;
import org.storysign.plugins.plugin.history.Counter.Kind;
import org.storysign.plugins.plugin.history.FiguresStore;
import org.storysign.plugins.plugin.history.HistoryBatch;
import org.storysign.plugins.signature.SignatureCheck;
import org.storysign.plugins.wasm.scan.FactFinder;
import org.storysign.plugins.wasm.scan.ModuleFacts;

class SecurityReportTest {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();
    private static final ImportPowers POWERS = new ImportPowers(new PlatformGate(new FakePlatform().functions()));
    private static final PluginId ID = new PluginId("resizer");
    private static final String LEAKY = """
            (module (memory (export "memory") 1)
              (data (i32.const 0) "AKIAIOSFODNN7EXAMPLE https://api.example.com")
              (func (export "run") (result i32) (i32.const 0)))
            """;

    private final TestService service = new TestService();

    @ParameterizedTest
    @ValueSource(strings = {"enhanced-progress", "phrase-of-the-day", "profanity-filter", "session-logger"})
    void the_reports_of_the_examples_are_kept(String example) throws IOException {
        PluginPackage upload = new PackageFolder(Path.of("wasm-plugins", example)).read();
        Plugin plugin = service.install(upload);
        ModuleFacts facts = FactFinder.facts(Modules.read(upload.module(), SecurityLevel.MINIMAL));
        SignatureCheck nobody = new SignatureCheck(List.of(), SignatureTrust.USUAL.policy(), Instant.EPOCH);
        Evidence evidence = new Evidence(
                plugin,
                Optional.of(facts),
                POWERS.use(plugin.active().manifest(), facts),
                SignatureStanding.of(plugin, nobody),
                Optional.empty(),
                List.of());

        ObjectNode report = JSON.valueToTree(SecurityReport.of(
                evidence,
                await(service.dependencies.plan(plugin)),
                LimitUse.none(Instant.EPOCH, service.catalog.limits(plugin))));
        report.remove(List.of("package_digest", "module_digest", "limits"));

        Golden.assertUnchanged(
                "report-" + example + ".json",
                JSON.writeValueAsString(report).lines().toList());
    }

    @Test
    void a_secret_lowers_the_score_and_is_not_in_the_report() throws IOException {
        service.serve(TestPackages.of("{}", LEAKY));

        SecurityReport report = await(reports(Map.of()).report(TenantId.DEFAULT, ID));

        assertThat(report.score()).isEqualTo(100 - 25 - 10 - 3);
        assertThat(report.reasons())
                .extracting(SecurityScore.Reason::code)
                .containsExactly("embedded-secrets", "unsigned", "foreign-hosts");
        assertThat(JSON.writeValueAsString(report)).contains("AKIA…").doesNotContain("IOSFODNN7EXAMPLE");
    }

    @Test
    void the_score_of_the_plainest_plugin_is_only_for_its_missing_signature() {
        service.serve(TestPackages.of("{}", TestPackages.QUIET));

        assertThat(await(reports(Map.of()).report(TenantId.DEFAULT, ID)).score())
                .isEqualTo(90);
    }

    @Test
    void a_blocked_plugin_has_no_points_left_and_no_score_is_below_that() {
        Plugin plugin = service.serve(TestPackages.of("{}", LEAKY));
        await(service.stop.block(plugin.active().moduleDigest(), Reach.TENANT, "steals", TestPackages.OPERATOR));

        SecurityReport report = await(reports(Map.of()).report(TenantId.DEFAULT, ID));

        assertThat(report.score()).isZero();
        assertThat(report.blocked()).isEqualTo("steals");
    }

    @Test
    void denials_count_and_many_count_more() {
        service.serve(TestPackages.of("{}", TestPackages.QUIET));

        assertThat(score(denied(1))).isEqualTo(90 - 3);
        assertThat(score(denied(99))).isEqualTo(90 - 3);
        assertThat(score(denied(100))).isEqualTo(90 - 10);
    }

    @Test
    void excess_dangerous_pairs_and_risk_each_have_their_weight() {
        service.install(TestPackages.of("""
                {"permissions": ["read:user_data", {"name": "network:access", "hosts": ["api.example.com"]}]}
                """, TestPackages.QUIET));

        assertThat(await(reports(Map.of()).report(TenantId.DEFAULT, ID)).reasons())
                .containsExactly(
                        new SecurityScore.Reason(
                                "dangerous-pair",
                                15,
                                "can read users' profiles, progress, content and analytics and send them to api.example.com"),
                        new SecurityScore.Reason("unsigned", 10, "is signed by nobody who is trusted"),
                        new SecurityScore.Reason("high-risk-permissions", 8, "has 1 permission of high risk"),
                        new SecurityScore.Reason(
                                "unused-permissions", 8, "asks for 2 permissions that nothing in it can use"),
                        new SecurityScore.Reason("medium-risk-permissions", 3, "has 1 permission of medium risk"));
    }

    @Test
    void a_module_that_cannot_be_read_is_a_reason_and_no_failure() {
        Plugin plugin = service.install(TestPackages.of("{}", TestPackages.QUIET));
        service.store.forgetFacts();
        service.store.corrupt(TenantId.DEFAULT, plugin.active().moduleDigest(), new byte[] {1});

        SecurityReport report = await(reports(Map.of()).report(TenantId.DEFAULT, ID));

        assertThat(report.module()).isNull();
        assertThat(report.reasons()).extracting(SecurityScore.Reason::code).contains("unreadable");
    }

    @Test
    void the_worst_come_first_and_pages_hold_each_plugin_once() {
        IntStream.range(0, 7)
                .forEach(index -> service.install(TestPackages.of(
                        "{\"id\": \"plugin-%d\"}".formatted(index), index % 2 == 0 ? TestPackages.QUIET : LEAKY)));
        SecurityReports reports = reports(Map.of());

        List<String> seen = new ArrayList<>();
        Optional<Place> after = Optional.empty();
        for (List<Ranked> page = page(reports, after); !page.isEmpty(); page = page(reports, after)) {
            page.forEach(each -> seen.add(each.plugin()));
            after = Optional.of(new Place(page.getLast().score(), page.getLast().plugin()));
        }

        assertThat(seen)
                .containsExactly("plugin-1", "plugin-3", "plugin-5", "plugin-0", "plugin-2", "plugin-4", "plugin-6");
    }

    @Test
    void a_page_by_id_asks_for_what_its_plugins_need_and_for_no_others() {
        IntStream.range(0, 7)
                .forEach(index -> service.install(TestPackages.of(
                        "{\"id\": \"plugin-%d\"}".formatted(index), index % 2 == 0 ? TestPackages.QUIET : LEAKY)));
        List<PluginId> asked = new ArrayList<>();
        SecurityReports reports = service.reports(
                (tenant, plugins) -> {
                    asked.addAll(plugins);
                    return Uni.createFrom().item(Map.of());
                },
                FiguresStore.NOTHING);

        List<Ranked> page = await(reports.byId(TenantId.DEFAULT, Optional.of(new PluginId("plugin-2")), 2));

        assertThat(page).extracting(Ranked::plugin).containsExactly("plugin-3", "plugin-4");
        assertThat(page).extracting(Ranked::score).containsExactly(62, 90);
        assertThat(asked).containsExactly(new PluginId("plugin-3"), new PluginId("plugin-4"));
    }

    @Test
    void the_report_tells_how_near_to_its_limits_a_plugin_came_and_how_often_it_ran_into_them() {
        service.serve(TestPackages.of("{\"resource_limits\": {\"fuel\": 1000}}", TestPackages.QUIET));
        Instant now = service.clock.instant();
        Instant yesterday = now.minus(Duration.ofDays(1));
        Instant forgotten = now.minus(Duration.ofDays(40));
        FiguresStore history = new FiguresStore(
                List.of(
                        amount(forgotten, Kind.FAILED, "fuel-exhausted", 1_000),
                        amount(yesterday, Kind.CALLS, "", 10),
                        amount(yesterday, Kind.FUEL, "", 4_000),
                        amount(yesterday, Kind.FAILED, "fuel-exhausted", 2),
                        amount(yesterday, Kind.FAILED, "unreachable", 3),
                        amount(now, Kind.CALLS, "", 1),
                        amount(now, Kind.RUN_TIME, "", 70),
                        amount(now, Kind.FAILED, "fuel-exhausted", 1)),
                new CallRecord.Figures(70, 0, 999, 65_536, 3));

        LimitUse use = await(
                        service.reports((tenant, plugins) -> Uni.createFrom().item(Map.of()), history)
                                .report(TenantId.DEFAULT, ID))
                .limits();

        assertThat(use.violations()).isEqualTo(Map.of("fuel-exhausted", 3L));
        assertThat(use.days())
                .extracting(LimitUse.Day::calls, LimitUse.Day::fuelUsed, LimitUse.Day::violations)
                .containsExactly(
                        tuple(10L, 4_000L, Map.of("fuel-exhausted", 2L)), tuple(1L, 0L, Map.of("fuel-exhausted", 1L)));
        assertThat(use.most())
                .contains(
                        new LimitUse.Line("fuel", 999, 1_000),
                        new LimitUse.Line("memory_bytes", 65_536, 64 << 20),
                        new LimitUse.Line("host_calls", 3, 1_000));
    }

    private static HistoryBatch.Amount amount(Instant at, Kind kind, String name, long amount) {
        return new HistoryBatch.Amount(ID, at.truncatedTo(ChronoUnit.HOURS), new Counter(kind, name), amount);
    }

    private static List<Ranked> page(SecurityReports reports, Optional<Place> after) {
        return await(reports.worst(TenantId.DEFAULT, after, 2));
    }

    private int score(Denied denied) {
        return await(reports(Map.of(ID, List.of(denied))).report(TenantId.DEFAULT, ID))
                .score();
    }

    private static Denied denied(long count) {
        return new Denied("storage_set", "permission-denied", count, Instant.EPOCH);
    }

    private SecurityReports reports(Map<PluginId, List<Denied>> denials) {
        return service.reports((tenant, only) -> Uni.createFrom().item(denials), FiguresStore.NOTHING);
    }
}
