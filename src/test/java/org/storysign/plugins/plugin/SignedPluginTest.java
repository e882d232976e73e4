package org.storysign.plugins.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.storysign.plugins.plugin.TestService.await;
import static org.storysign.plugins.plugin.TestService.problem;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.audit.AuditAction;
import org.storysign.plugins.audit.AuditEntry;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.Wat;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.manifest.ManifestReader;
import org.storysign.plugins.manifest.ManifestText;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.signature.KeyAlgorithm;
import org.storysign.plugins.signature.PackageSignature;
import org.storysign.plugins.signature.PackageStatement;
import org.storysign.plugins.signature.SigningKey;
import org.storysign.plugins.signature.SigningKey.Pair;
import org.storysign.plugins.signature.TrustedKey;
import org.storysign.plugins.wasm.WasmBinary;

/** Control C6: what is not signed by somebody who is trusted does not run at level strict, however it is tried; each refusal is audited. */
class SignedPluginTest {

    private static final PluginId ID = new PluginId("resizer");
    private static final String STRICT = "{\"sandbox_config\": {\"security_level\": \"strict\"}%s}";
    private static final Pair ACME = SigningKey.generate(KeyAlgorithm.ED25519);
    private static final Pair OTHER_ALGORITHM = SigningKey.generate(KeyAlgorithm.ECDSA_P256);
    private static final Pair STRANGER = SigningKey.generate(KeyAlgorithm.ED25519);

    private final TestService service = new TestService();

    @BeforeEach
    void trustAcme() {
        trust(new TrustedKey("acme", ACME.verifying(), Instant.EPOCH, Optional.empty(), Optional.empty()));
    }

    @Test
    void a_signed_plugin_serves_at_level_strict_and_says_who_signed_it() {
        service.install(signed(strict(""), ACME));

        Plugin enabled = service.enable(ID, EnableRequest.PLAIN);

        assertThat(enabled.level()).isEqualTo(SecurityLevel.STRICT);
        assertThat(service.served(ID).orElseThrow().limits()).isEqualTo(SecurityLevel.STRICT.limits());
        assertThat(service.standing(ID, "1.0.0").signedBy()).containsExactly("acme");
        assertThat(refusals()).isEmpty();
    }

    @Test
    void a_plugin_that_nobody_signed_serves_where_no_signature_is_needed() {
        assertThat(service.serve(TestPackages.of("{}", TestPackages.QUIET)).level())
                .isEqualTo(SecurityLevel.STANDARD);
    }

    @Test
    void a_plugin_that_is_there_already_is_signed_later() {
        service.install(strict(""));
        refused(ProblemCode.SIGNATURE_REQUIRED);

        service.install(signed(strict(""), ACME));

        assertThat(service.enable(ID, EnableRequest.PLAIN).level()).isEqualTo(SecurityLevel.STRICT);
        assertThat(service.store.audit()).extracting(AuditEntry::action).contains(AuditAction.RELEASE_SIGN);
    }

    // what an author or a network may try

    @Test
    void a_missing_signature() {
        service.install(strict(""));

        refused(ProblemCode.SIGNATURE_REQUIRED);
    }

    @Test
    void a_signature_of_a_key_that_nobody_trusts() {
        service.install(signed(strict(""), STRANGER));

        refused(ProblemCode.SIGNATURE_REJECTED);
    }

    @Test
    void a_signature_by_another_algorithm_with_the_trusted_keys_name() {
        PackageSignature other = OTHER_ALGORITHM.signing().sign(statement(strict("")));
        String named = other.bundle().replace("\"publicKey\":{}", "\"publicKey\":{\"hint\":\"acme\",\"alg\":\"none\"}");
        service.install(with(strict(""), named));

        refused(ProblemCode.SIGNATURE_REJECTED);
    }

    @Test
    void an_empty_signature_that_says_none() {
        ProblemException problem = problem(() ->
                service.install(with(strict(""), "{\"alg\": \"none\", \"messageSignature\": {\"signature\": \"\"}}")));

        assertThat(problem.code()).isEqualTo(ProblemCode.SIGNATURE_REJECTED);
    }

    @Test
    void a_signature_that_was_cut() {
        byte[] whole = ACME.signing().sign(statement(strict(""))).value();
        PackageSignature cut = new PackageSignature(Arrays.copyOf(whole, whole.length - 1), Optional.empty());
        service.install(with(strict(""), cut.bundle()));

        refused(ProblemCode.SIGNATURE_REJECTED);
    }

    @Test
    void the_signature_of_another_version() {
        PackageSignature old = ACME.signing().sign(statement(strict(", \"version\": \"0.9.0\"")));
        PackageSignature quiet = new PackageSignature(old.value(), Optional.empty());

        assertThat(problem(() -> service.install(with(strict(""), old.bundle())))
                        .code())
                .isEqualTo(ProblemCode.SIGNATURE_REJECTED);
        assertThat(refusals()).hasSize(1);
        service.install(with(strict(""), quiet.bundle()));
        refused(ProblemCode.SIGNATURE_REJECTED);
    }

    @Test
    void another_module_under_the_manifest_that_was_signed() {
        PackageSignature signature = ACME.signing().sign(statement(strict("")));
        PluginPackage swapped = new PluginPackage(strict("").manifest(), Wat.assemble("""
                (module (memory (export "memory") 1) (func (export "run") (result i32) (i32.const 9)))
                """));
        service.install(with(swapped, new PackageSignature(signature.value(), Optional.empty()).bundle()));

        refused(ProblemCode.SIGNATURE_REJECTED);
    }

    @Test
    void another_manifest_over_the_module_that_was_signed() {
        PackageSignature signature = ACME.signing().sign(statement(strict("")));
        PluginPackage swapped = strict(", \"permissions\": [{\"name\": \"storage:read\", \"optional\": true}]");
        service.install(with(swapped, new PackageSignature(signature.value(), Optional.empty()).bundle()));

        refused(ProblemCode.SIGNATURE_REJECTED);
    }

    @Test
    void eleven_signatures() {
        List<byte[]> many = new ArrayList<>();
        for (int i = 0; i < 11; i++) {
            many.add(ACME.signing().sign(statement(strict(""))).bundle().getBytes(StandardCharsets.UTF_8));
        }
        PluginPackage upload =
                new PluginPackage(strict("").manifest(), strict("").module(), PackageFiles.NONE, many);

        assertThat(problem(() -> service.install(upload)).code()).isEqualTo(ProblemCode.SIGNATURE_REJECTED);
    }

    // what becomes of trust

    @Test
    void a_key_that_has_expired_when_the_plugin_is_enabled() {
        Pair brief = SigningKey.generate(KeyAlgorithm.ED25519);
        Instant end = service.clock.instant().plus(Duration.ofHours(1));
        trust(new TrustedKey("brief", brief.verifying(), Instant.EPOCH, Optional.of(end), Optional.empty()));
        service.install(signed(strict(""), brief));
        service.clock.advance(Duration.ofHours(1));

        refused(ProblemCode.SIGNATURE_REJECTED);
    }

    @Test
    void a_key_that_is_not_valid_yet_whatever_the_publishers_clock_says() {
        Pair early = SigningKey.generate(KeyAlgorithm.ED25519);
        Instant from = service.clock.instant().plusSeconds(1);
        trust(new TrustedKey("early", early.verifying(), from, Optional.empty(), Optional.empty()));
        service.install(signed(strict(""), early));

        refused(ProblemCode.SIGNATURE_REJECTED);
    }

    @Test
    void a_key_that_was_revoked_also_while_the_plugin_serves() {
        service.install(signed(strict(""), ACME));
        service.enable(ID, EnableRequest.PLAIN);

        await(service.keys.revoke(TenantId.DEFAULT, ACME.verifying().fingerprint(), audit()));
        await(service.catalog.refresh(TenantId.DEFAULT));

        assertThat(service.served(ID)).isEmpty();
        assertThat(service.standing(ID, "1.0.0").state()).isEqualTo(ReleaseStanding.State.BLOCKED);
        assertThat(service.catalog.loadFailures())
                .extracting(LoadFailure::code)
                .containsExactly(ProblemCode.SIGNATURE_REJECTED);
        service.disable(ID);
        refused(ProblemCode.SIGNATURE_REJECTED);
    }

    @Test
    void keys_that_cannot_be_read() {
        service.install(signed(strict(""), ACME));
        service.keys.setDown();

        assertThat(problem(() -> service.enable(ID, EnableRequest.PLAIN)).code())
                .isEqualTo(ProblemCode.DATABASE_UNAVAILABLE);
        assertThat(service.served(ID)).isEmpty();
    }

    // what somebody may do to the database; it is looked at again whenever the plugin is loaded

    @Test
    void another_module_in_the_database() {
        Plugin installed = service.install(signed(strict(""), ACME));
        service.enable(ID, EnableRequest.PLAIN);
        byte[] swapped = Wat.assemble(
                "(module (memory (export \"memory\") 1) (func (export \"run\") (result i32) (i32.const 9)))");
        service.store.corrupt(TenantId.DEFAULT, installed.active().moduleDigest(), swapped);

        notServedElsewhere(ProblemCode.DIGEST_MISMATCH);
    }

    @Test
    void another_manifest_in_the_database() {
        service.install(signed(strict(""), ACME));
        Plugin enabled = service.enable(ID, EnableRequest.PLAIN);
        Release release = enabled.active();
        PluginPackage wider = strict(", \"permissions\": [\"storage:write\"]");
        replaceRelease(new Release(
                new ManifestReader().read(wider.manifest()),
                release.packageDigest(),
                release.moduleDigest(),
                release.scan(),
                release.installedAt(),
                release.installedBy(),
                release.signatures()));

        notServedElsewhere(ProblemCode.DIGEST_MISMATCH);
    }

    @Test
    void another_package_with_its_own_digest_in_the_database() {
        service.install(signed(strict(""), ACME));
        Plugin enabled = service.enable(ID, EnableRequest.PLAIN);
        Release release = enabled.active();
        PluginPackage wider = strict(", \"permissions\": [\"storage:write\"]");
        replaceRelease(new Release(
                new ManifestReader().read(wider.manifest()),
                statement(wider).digest(),
                release.moduleDigest(),
                release.scan(),
                release.installedAt(),
                release.installedBy(),
                release.signatures()));

        notServedElsewhere(ProblemCode.SIGNATURE_REJECTED);
    }

    @Test
    void signatures_taken_away_in_the_database() {
        service.install(signed(strict(""), ACME));
        Plugin enabled = service.enable(ID, EnableRequest.PLAIN);
        Release release = enabled.active();
        replaceRelease(new Release(
                release.manifest(),
                release.packageDigest(),
                release.moduleDigest(),
                release.scan(),
                release.installedAt(),
                release.installedBy()));

        notServedElsewhere(ProblemCode.SIGNATURE_REQUIRED);
    }

    private void replaceRelease(Release release) {
        await(service.store.replace(service.stored(ID).with(release), audit()));
    }

    private void notServedElsewhere(ProblemCode code) {
        TestService other = service.anotherProcess();
        await(other.catalog.refresh(TenantId.DEFAULT));
        await(other.catalog.refresh(TenantId.DEFAULT));

        assertThat(other.served(ID)).isEmpty();
        assertThat(other.catalog.loadFailures()).extracting(LoadFailure::code).containsExactly(code);
        assertThat(refusals()).as("told once").hasSize(1);
        assertThat(refusals().getFirst().facts()).containsEntry("code", code.code());
    }

    /** Enabling fails so, nothing changes, and the audit trail knows. */
    private void refused(ProblemCode code) {
        Plugin before = service.stored(ID);
        int known = refusals().size();

        ProblemException problem = problem(() -> service.enable(ID, EnableRequest.PLAIN));

        assertThat(problem.code()).isEqualTo(code);
        assertThat(service.stored(ID)).isEqualTo(before);
        assertThat(service.served(ID)).isEmpty();
        assertThat(refusals()).hasSize(known + 1);
        assertThat(refusals().getLast().facts()).containsEntry("code", code.code());
    }

    private List<AuditEntry> refusals() {
        return service.store.audit().stream()
                .filter(entry -> entry.action() == AuditAction.SIGNATURE_REFUSE)
                .toList();
    }

    private void trust(TrustedKey key) {
        await(service.keys.add(TenantId.DEFAULT, key, audit()));
    }

    private static AuditEntry audit() {
        return new AuditEntry(TestPackages.OPERATOR, AuditAction.PUBLISHER_KEY_TRUST, "publisher-key:x", Map.of());
    }

    private static PluginPackage strict(String members) {
        return new PluginPackage(
                ManifestText.bytes(ManifestText.with(STRICT.formatted(members))), Wat.assemble(TestPackages.QUIET));
    }

    private static PluginPackage signed(PluginPackage upload, Pair by) {
        return with(upload, by.signing().sign(statement(upload)).bundle());
    }

    private static PluginPackage with(PluginPackage upload, String signature) {
        return new PluginPackage(
                upload.manifest(),
                upload.module(),
                upload.files(),
                List.of(signature.getBytes(StandardCharsets.UTF_8)));
    }

    private static PackageStatement statement(PluginPackage upload) {
        return PackageStatement.of(
                new ManifestReader().read(upload.manifest()).source(), new WasmBinary(upload.module()).digest());
    }
}
