package org.storysign.plugins.plugin;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.storysign.plugins.identity.Digest;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.manifest.ManifestReader;
import org.storysign.plugins.manifest.PluginManifest;
import org.storysign.plugins.manifest.Version;
import org.storysign.plugins.permission.DangerousCombination;
import org.storysign.plugins.permission.GrantReader;
import org.storysign.plugins.permission.Permission;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.problem.Violation;
import org.storysign.plugins.sandbox.ModuleTrial;
import org.storysign.plugins.signature.PackageSignature;
import org.storysign.plugins.signature.PackageStatement;
import org.storysign.plugins.wasm.Preflight;
import org.storysign.plugins.wasm.PreflightedModule;
import org.storysign.plugins.wasm.WasmBinary;
import org.storysign.plugins.wasm.scan.ScanResult;
import org.storysign.plugins.wasm.scan.ScannedModule;

/**
 * Looks at packages as an installation does, and stores nothing. Takes processor time, so never on an event loop. Safe for concurrent
 * use.
 */
public final class PackageInspector {

    /** The version of the platform that manifests name; the same for all builds of one release line. */
    static final Version PLATFORM = new Version("1.0.0");

    private final ManifestReader manifests = new ManifestReader();
    private final ModuleTrial trial;

    /** Of a process that serves nobody but the package's author. */
    public PackageInspector() {
        this(ModuleTrial.NONE);
    }

    /** @param trial who parses and compiles a module before this process does */
    PackageInspector(ModuleTrial trial) {
        this.trial = trial;
    }

    /** A package that passed every check. */
    record Checked(
            PluginManifest manifest, PackageContent content, ScannedModule module, List<PackageSignature> signatures) {

        PackageStatement statement() {
            return PackageStatement.of(manifest.source(), content.module().digest());
        }
    }

    /** Everything that would be said of a package, as far as it can be told. */
    public PackageCheck check(PluginPackage upload) {
        List<ProblemException> problems = new ArrayList<>();
        Optional<PluginManifest> manifest = attempt(() -> manifests.read(upload.manifest()), problems);
        WasmBinary binary = new WasmBinary(upload.module());
        Optional<ScanResult> scan = attempt(
                () -> scan(binary, manifest.map(PackageInspector::level).orElse(SecurityLevel.STANDARD)), problems);
        Optional<ScannedModule> scanned = scan.flatMap(result -> attempt(result::orThrow, problems));
        manifest.ifPresent(read -> attempt(() -> digest(read, binary.digest()), problems));
        manifest.ifPresent(read -> attempt(() -> files(read, upload.files()), problems));
        attempt(() -> signatures(upload), problems);
        if (manifest.isPresent() && scanned.isPresent()) {
            attempt(() -> finish(manifest.get(), scanned.get()), problems);
        }
        return report(problems, manifest, scan);
    }

    /** The checks of a manifest alone. */
    public PackageCheck checkManifest(byte[] manifest) {
        List<ProblemException> problems = new ArrayList<>();
        Optional<PluginManifest> read = attempt(() -> manifests.read(manifest), problems);
        read.ifPresent(known -> attempt(() -> refuseUnsupported(known), problems));
        return report(problems, read, Optional.empty());
    }

    /** The checks of a module alone. */
    public PackageCheck checkModule(byte[] module) {
        List<ProblemException> problems = new ArrayList<>();
        Optional<ScanResult> scan = attempt(() -> scan(new WasmBinary(module), SecurityLevel.STANDARD), problems);
        scan.flatMap(result -> attempt(result::orThrow, problems))
                .ifPresent(scanned -> attempt(() -> ModulePipeline.meter(scanned), problems));
        return report(problems, Optional.empty(), scan);
    }

    /** Every check; fails with {@code ProblemException} at the first that does not pass. */
    Checked require(PluginPackage upload) {
        PluginManifest manifest = manifests.read(upload.manifest());
        WasmBinary binary = new WasmBinary(upload.module());
        digest(manifest, binary.digest());
        files(manifest, upload.files());
        ScannedModule module = scan(binary, level(manifest)).orThrow();
        finish(manifest, module);
        return new Checked(manifest, new PackageContent(binary, upload.files()), module, signatures(upload));
    }

    private ScanResult scan(WasmBinary binary, SecurityLevel level) {
        PreflightedModule safe = Preflight.check(binary, level.code());
        trial.require(safe, level);
        return ModulePipeline.scan(safe, level);
    }

    private static List<PackageSignature> signatures(PluginPackage upload) {
        PackageSignature.requireFew(upload.signatures().size());
        return upload.signatures().stream().map(PackageSignature::read).toList();
    }

    /** The steps that need both halves. */
    private static PluginManifest finish(PluginManifest manifest, ScannedModule module) {
        refuseUnsupported(manifest);
        HandlerCheck.require(manifest, module.module().shape());
        ModulePipeline.meter(module);
        return manifest;
    }

    /** The level whose code limits the module must keep: what the manifest names, else the tenant's default. */
    private static SecurityLevel level(PluginManifest manifest) {
        return manifest.sandbox().level().orElse(SecurityLevel.STANDARD);
    }

    private static Digest digest(PluginManifest manifest, Digest found) {
        manifest.digest().filter(expected -> !expected.equals(found)).ifPresent(expected -> {
            throw new ProblemException(
                    ProblemCode.DIGEST_MISMATCH,
                    "the module `" + manifest.entryPoint() + "` is " + found + ", but the manifest's `digest` says "
                            + expected + "; build the module and write its digest into the manifest",
                    Map.of(FactKey.FOUND, found.value(), FactKey.EXPECTED, expected.value()));
        });
        return found;
    }

    private static PackageFiles files(PluginManifest manifest, PackageFiles files) {
        files.require(manifest);
        return files;
    }

    /** What is well said but cannot be had here. */
    private static PluginManifest refuseUnsupported(PluginManifest manifest) {
        new GrantReader(manifest.permissions()).refuseReserved();
        manifest.minPlatformVersion()
                .filter(least -> least.compareTo(PLATFORM) > 0)
                .ifPresent(least -> {
                    String detail = "is `" + least + "`, but this service is `" + PLATFORM + "`";
                    throw new ProblemException(
                            ProblemCode.MANIFEST_INVALID,
                            "the manifest is not valid at `/min_platform_version`: " + detail,
                            Map.of(FactKey.FOUND, PLATFORM.value(), FactKey.EXPECTED, least.value()),
                            List.of(new Violation("/min_platform_version", detail)));
                });
        return manifest;
    }

    private static <T> Optional<T> attempt(Supplier<T> step, List<ProblemException> problems) {
        try {
            return Optional.of(step.get());
        } catch (ProblemException problem) {
            problems.add(problem);
            return Optional.empty();
        }
    }

    private static PackageCheck report(
            List<ProblemException> problems, Optional<PluginManifest> manifest, Optional<ScanResult> scan) {
        return new PackageCheck(
                problems,
                manifest,
                scan.map(ScanResult::report),
                scan.flatMap(PackageInspector::accepted)
                        .map(module -> module.module().shape()),
                manifest.map(PackageInspector::dangers).orElse(List.of()));
    }

    private static Optional<ScannedModule> accepted(ScanResult result) {
        return switch (result) {
            case ScanResult.Accepted accepted -> Optional.of(accepted.module());
            case ScanResult.Rejected rejected -> Optional.empty();
        };
    }

    private static List<DangerousCombination> dangers(PluginManifest manifest) {
        return DangerousCombination.among(manifest.permissions().stream()
                .map(Permission::name)
                .collect(java.util.stream.Collectors.toUnmodifiableSet()));
    }
}
