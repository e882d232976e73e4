package org.storysign.plugins.plugin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.Assertions;
import org.storysign.plugins.abi.ExtismKernel;
import org.storysign.plugins.audit.AuditAction;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.LimitSwitch;
import org.storysign.plugins.kit.TestClock;
import org.storysign.plugins.manifest.Version;
import org.storysign.plugins.platform.DataOwner;
import org.storysign.plugins.platform.InMemoryKeyValueStore;
import org.storysign.plugins.platform.KeyValueStore;
import org.storysign.plugins.platform.OutboundHttp;
import org.storysign.plugins.platform.PlatformGate;
import org.storysign.plugins.platform.StorageFunctions;
import org.storysign.plugins.platform.StoredValue;
import org.storysign.plugins.platform.memory.InMemoryFiles;
import org.storysign.plugins.plugin.PluginReleases.Activation;
import org.storysign.plugins.plugin.history.HistoryStore;
import org.storysign.plugins.plugin.history.InvocationLog;
import org.storysign.plugins.plugin.quarantine.PlatformOutages;
import org.storysign.plugins.plugin.quarantine.Quarantine;
import org.storysign.plugins.plugin.quarantine.QuarantineTerms;
import org.storysign.plugins.plugin.quarantine.QuarantineTurns;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.problem.StrictJson;
import org.storysign.plugins.problem.Violations;
import org.storysign.plugins.sandbox.ModuleTrial;
import org.storysign.plugins.sandbox.Sandbox;
import org.storysign.plugins.sandbox.SandboxConfig;
import org.storysign.plugins.sandbox.chicory.ChicoryEngine;
import org.storysign.plugins.sandbox.chicory.Tiering;
import org.storysign.plugins.secret.SecretCipher;
import org.storysign.plugins.secret.SecretKeys;

/** The use cases of plugins as one process has them, with a real engine and stores in memory. */
public final class TestService {

    private static final ChicoryEngine ENGINE = new ChicoryEngine(Tiering.INTERPRETED);
    /** What seals secrets here. */
    public static final SecretKeys SECRET_KEYS = SecretKeys.of(Map.of("first", "00".repeat(32)), "first");

    private static final Duration SOON = Duration.ofSeconds(30);

    public final TestClock clock;
    public final InMemoryPluginStore store;
    public final InMemoryPublisherKeys keys;
    public final KeyValueStore data;
    public final KnownModules modules;
    public final DigestBlocks blocks;
    private final ReleaseSignatures signatures;
    public final EmergencyStop stop;
    public final Dependencies dependencies;
    public final RunningCalls calls = new RunningCalls();
    public final Sandbox sandbox;
    public final LoadGuard guard;
    public final PluginLoader loader;
    public final PluginCatalog catalog;
    public final PluginInstaller installer;
    public final PluginLifecycle lifecycle;
    public final PluginReleases releases;
    public final DryRuns dryRuns;
    public final QuarantineTurns turns;
    public final List<AuditAction> quarantineTurns = new CopyOnWriteArrayList<>();
    public final PluginCaller caller;

    public TestService() {
        this(new TestClock(), SandboxConfig.ofThisMachine());
    }

    private TestService(TestClock clock, SandboxConfig config) {
        this(
                clock,
                new InMemoryPluginStore(clock),
                new InMemoryPublisherKeys(),
                new InMemoryKeyValueStore(clock),
                config,
                SECRET_KEYS);
    }

    private TestService(
            TestClock clock,
            InMemoryPluginStore store,
            InMemoryPublisherKeys keys,
            KeyValueStore data,
            SandboxConfig config,
            SecretKeys secretKeys) {
        this.clock = clock;
        this.store = store;
        this.data = data;
        this.sandbox = new Sandbox(config, new ExtismKernel());
        PlatformGate gate = new PlatformGate(new StorageFunctions(data).all());
        this.keys = keys;
        this.blocks = new InMemoryDigestBlocks(store);
        this.modules = new KnownModules(store, store, new ImportPowers(gate));
        this.signatures = new ReleaseSignatures(keys, SignatureTrust.USUAL, store::record, clock);
        ConfigSecrets secrets = new ConfigSecrets(new SecretCipher(secretKeys));
        this.guard = new LoadGuard(store.loads, LimitSwitch.plugged(LoadTerms.USUAL));
        this.loader = new PluginLoader(
                store, gate, OutboundHttp.NONE, new InMemoryFiles(clock), ENGINE, signatures, secrets, blocks, guard);
        this.dependencies = new Dependencies(store, store);
        this.catalog = new PluginCatalog(store, loader, calls, LimitSwitch.plugged(LoadTerms.USUAL));
        this.installer =
                new PluginInstaller(store, signatures, modules, blocks, new NothingShared(), ModuleTrial.NONE, clock);
        LifecycleCalls guest = new LifecycleCalls(sandbox, InvocationLog.NONE);
        ConfigCheck configs = new ConfigCheck(store, loader, guest, secrets);
        this.lifecycle =
                new PluginLifecycle(store, store, dependencies, catalog, loader, modules, guest, configs, clock);
        this.releases = new PluginReleases(
                store, store, dependencies, catalog, loader, guest, signatures, configs, modules, blocks);
        this.dryRuns = new DryRuns(store, installer, loader, modules, dependencies, store, configs);
        this.stop = new EmergencyStop(blocks, catalog);
        this.turns = new QuarantineTurns(store, catalog, quarantineTurns::add, clock);
        this.caller = new PluginCaller(
                catalog,
                sandbox,
                calls,
                new Quarantine(QuarantineTerms.USUAL, catalog, turns, new PlatformOutages(clock), clock));
    }

    /** Another process on the same stores. */
    public TestService anotherProcess() {
        return with(SECRET_KEYS);
    }

    /** Another process on the same stores, with other keys for secrets. */
    public TestService with(SecretKeys secretKeys) {
        return new TestService(clock, store, keys, data, SandboxConfig.ofThisMachine(), secretKeys);
    }

    /** The same stores behind other data and another sandbox. */
    public TestService with(KeyValueStore otherData, SandboxConfig config) {
        return new TestService(clock, store, keys, otherData, config, SECRET_KEYS);
    }

    public SecurityReports reports(DenialHistory denials, HistoryStore history) {
        return new SecurityReports(
                store, modules, signatures, blocks, denials, dependencies, new LimitUses(history, catalog, clock));
    }

    public Plugin install(PluginPackage upload) {
        return await(installer.install(upload, TestPackages.OPERATOR)).plugin();
    }

    public Plugin enable(PluginId id, EnableRequest request) {
        return await(lifecycle.enable(id, request, TestPackages.OPERATOR));
    }

    /** Enables with these grants, agreeing to whatever that takes. */
    public Plugin enableAgreeing(PluginId id, String grants) {
        EnableRequest request = EnableRequest.granting(json(grants));
        try {
            return enable(id, request);
        } catch (ProblemException needed) {
            Object consent = needed.facts().get(FactKey.CONSENT);
            if (consent == null) {
                throw needed;
            }
            return enable(id, request.withConsent((String) consent));
        }
    }

    /** Installs and enables a plugin that asks for nothing. */
    public Plugin serve(PluginPackage upload) {
        return enable(install(upload).id(), EnableRequest.PLAIN);
    }

    public Plugin disable(PluginId id) {
        return await(lifecycle.disable(id, TestPackages.OPERATOR));
    }

    public Plugin activate(PluginId id, String version, EnableRequest request) {
        Activation wanted = new Activation(
                Version.parse(version).orElseThrow(), request, stored(id).revision());
        return await(releases.activate(id, wanted, TestPackages.OPERATOR));
    }

    /** What stands between a plugin's release and serving. */
    public ReleaseStanding standing(PluginId id, String version) {
        return await(releases.list(TenantId.DEFAULT, id)).stream()
                .filter(each -> each.release().manifest().version().value().equals(version))
                .findFirst()
                .orElseThrow();
    }

    public Plugin configure(PluginId id, String config, long revision) {
        return await(lifecycle.configure(id, (ObjectNode) json(config), revision, TestPackages.OPERATOR));
    }

    /** How often the export {@code save} of {@link TestPackages#SAVES} ran: each time writes one key, whose revision counts the writes. */
    public long initialisations(PluginId id) {
        DataOwner owner = new DataOwner(TenantId.DEFAULT, id, Optional.empty());
        return data.get(owner, "initialised", Duration.ofSeconds(1))
                .map(StoredValue::revision)
                .orElse(0L);
    }

    public Plugin stored(PluginId id) {
        return await(store.find(TenantId.DEFAULT, id)).orElseThrow();
    }

    public Optional<EnabledPlugin> served(PluginId id) {
        return catalog.current(TenantId.DEFAULT).find(id);
    }

    /** The problem a use case fails with. */
    public static ProblemException problem(Runnable use) {
        return Assertions.catchThrowableOfType(ProblemException.class, use::run);
    }

    public static <T> T await(Uni<T> result) {
        return result.await().atMost(SOON);
    }

    public static JsonNode json(String text) {
        return new StrictJson(20).read(text, new Violations());
    }
}
