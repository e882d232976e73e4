package org.storysign.plugins.plugin.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.storysign.plugins.identity.Digest;
import org.storysign.plugins.kit.FakeServer;
import org.storysign.plugins.plugin.PackageArchive;
import org.storysign.plugins.plugin.PluginPackage;
import org.storysign.plugins.plugin.TestPackages;
import org.storysign.plugins.plugin.source.FakeRegistry.Layer;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

@Timeout(60)
class OciPullTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final PluginPackage QUIET = TestPackages.of("{}", TestPackages.QUIET);

    private final FakeRegistry registry = new FakeRegistry();
    private final FakeServer elsewhere = new FakeServer();
    private SourceBench bench = bench(LONG);

    private SourceBench bench(Duration deadline) {
        return SourceBench.of(Set.of(registry.server.authority()), Set.of(), deadline);
    }

    @AfterEach
    void close() {
        bench.close();
        registry.close();
        elsewhere.close();
    }

    private PackageSource.Oci source(String reference) {
        return new PackageSource.Oci(
                OciReference.parse(registry.server.authority() + "/" + FakeRegistry.REPOSITORY + reference)
                        .orElseThrow(),
                Optional.empty());
    }

    private PackageSource.Oci withCredentials(String reference) {
        return new PackageSource.Oci(source(reference).reference(), Optional.of("team"));
    }

    @Test
    void a_package_is_brought_by_tag_and_its_manifests_digest_is_told() {
        Digest manifest = registry.push("1.0.0", QUIET);

        PluginPackage brought = bench.fetch(source(":1.0.0"));

        assertThat(brought.module()).isEqualTo(QUIET.module());
        assertThat(brought.manifest()).isEqualTo(QUIET.manifest());
        Operation.Progress progress = bench.progress.now();
        long size = PackageArchive.write(QUIET).length;
        assertThat(progress.resolved()).contains(manifest);
        assertThat(progress.bytesTotal()).isEqualTo(OptionalLong.of(size));
        assertThat(progress.bytesDone()).isEqualTo(size);
    }

    @Test
    void a_digest_counts_more_than_the_tag_beside_it() {
        Digest first = registry.push("1.0.0", QUIET);
        registry.manifest("1.0.0", "{}");

        assertThat(bench.fetch(source(":1.0.0@" + first)).module()).isEqualTo(QUIET.module());
        assertThat(bench.fetch(source("@" + first)).module()).isEqualTo(QUIET.module());
        assertThat(bench.refusal(source(":1.0.0")).code()).isEqualTo(ProblemCode.SOURCE_FAILED);
    }

    @Test
    void a_tag_that_is_moved_after_it_was_resolved_changes_nothing() {
        Digest first = registry.push("1.0.0", QUIET);
        String path = FakeRegistry.manifestPath("1.0.0");
        byte[] manifest = FakeRegistry.manifestOf(
                        OciPackage.ARTIFACT,
                        "application/vnd.oci.empty.v1+json",
                        List.of(new Layer(OciPackage.ARCHIVE, PackageArchive.write(QUIET))),
                        "")
                .getBytes(StandardCharsets.UTF_8);
        registry.server.on(path, exchange -> {
            registry.manifest("1.0.0", "{\"moved\": true}");
            FakeServer.send(exchange, 200, manifest);
        });

        PluginPackage brought = bench.fetch(source(":1.0.0"));

        assertThat(brought.module()).isEqualTo(QUIET.module());
        assertThat(bench.progress.now().resolved()).contains(first);
        assertThat(registry.server.askedPaths()).containsOnlyOnce(path);
    }

    @Test
    void a_module_in_cncfs_layout_has_its_manifest_as_a_layer_or_an_annotation_and_signatures_as_layers() {
        Layer module = new Layer(OciPackage.WASM, QUIET.module());
        Layer signature = new Layer(OciPackage.SIGNATURE, "c2lnbmF0dXJl".getBytes(StandardCharsets.UTF_8));
        registry.push(
                "layered",
                "",
                OciPackage.WASM_CONFIG,
                List.of(module, new Layer(OciPackage.MANIFEST, QUIET.manifest()), signature));
        registry.manifest(
                "annotated",
                FakeRegistry.manifestOf(
                        "",
                        OciPackage.WASM_CONFIG,
                        List.of(module),
                        ",\"annotations\":{\"" + OciPackage.MANIFEST_ANNOTATION + "\":"
                                + new com.fasterxml.jackson.databind.node.TextNode(
                                        new String(QUIET.manifest(), StandardCharsets.UTF_8))
                                + "}"));
        registry.push("bare", "", OciPackage.WASM_CONFIG, List.of(module));

        PluginPackage layered = bench.fetch(source(":layered"));
        PluginPackage annotated = bench.fetch(source(":annotated"));

        assertThat(layered.module()).isEqualTo(QUIET.module());
        assertThat(layered.manifest()).isEqualTo(QUIET.manifest());
        assertThat(layered.signatures()).containsExactly(signature.content());
        assertThat(annotated.manifest()).isEqualTo(QUIET.manifest());
        assertThat(bench.refusal(source(":bare")))
                .hasMessageContaining("a module without a plugin's manifest: it goes into a layer");
    }

    @Test
    void signatures_beside_a_package_join_those_within() {
        Layer signature = new Layer(OciPackage.SIGNATURE, "c2lnbmF0dXJl".getBytes(StandardCharsets.UTF_8));
        PluginPackage signed = new PluginPackage(
                QUIET.manifest(), QUIET.module(), QUIET.files(), List.of("aW5zaWRl".getBytes(StandardCharsets.UTF_8)));
        registry.push(
                "signed",
                OciPackage.ARTIFACT,
                "application/vnd.oci.empty.v1+json",
                List.of(new Layer(OciPackage.ARCHIVE, PackageArchive.write(signed)), signature));

        assertThat(bench.fetch(source(":signed")).signatures())
                .containsExactly(signed.signatures().getFirst(), signature.content());
    }

    @Test
    void content_that_is_not_what_its_digest_says_is_refused() {
        byte[] zip = PackageArchive.write(QUIET);
        byte[] other = zip.clone();
        other[other.length - 1] ^= 1;
        registry.push("1.0.0", QUIET);
        registry.blob(Digest.of(zip), other);
        registry.server.on(FakeRegistry.manifestPath(Digest.of(zip).value()), "{}".getBytes(StandardCharsets.UTF_8));

        assertThat(bench.refusal(source(":1.0.0")).code()).isEqualTo(ProblemCode.DIGEST_MISMATCH);
        assertThat(bench.refusal(source("@" + Digest.of(zip))))
                .hasMessageStartingWith("The registry gives a manifest that is sha256:");
    }

    @Test
    void a_body_that_never_ends_is_cut_off_at_what_was_promised() {
        Digest endless = Digest.of(new byte[] {1});
        registry.manifest("blob", one(OciPackage.ARCHIVE, endless, "300000"));
        registry.server.endless(FakeRegistry.blobPath(endless));
        registry.server.endless(FakeRegistry.manifestPath("manifest"));

        assertThat(bench.refusal(source(":blob")))
                .hasMessageContaining("got an answer with a body larger than 300000 bytes");
        assertThat(bench.progress.now().bytesDone()).isLessThanOrEqualTo(300_000);
        assertThat(bench.refusal(source(":manifest")))
                .hasMessageContaining("got an answer with a body larger than 256 KiB");
    }

    @Test
    void a_layer_that_is_declared_larger_than_a_package_may_be_is_not_asked_for() {
        Digest digest = Digest.of(new byte[] {1});
        for (String size : List.of("12779521", "9223372036854775807", "-1", "1e30", "\"1\"", "null")) {
            registry.manifest("1.0.0", one(OciPackage.ARCHIVE, digest, size));

            assertThat(bench.refusal(source(":1.0.0")).code()).as(size).isEqualTo(ProblemCode.SOURCE_FAILED);
        }

        assertThat(registry.server.askedPaths()).doesNotContain(FakeRegistry.blobPath(digest));
    }

    @Test
    void compressed_answers_are_not_unpacked() throws IOException {
        byte[] zip = PackageArchive.write(QUIET);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(zip);
        }
        registry.push("1.0.0", QUIET);
        registry.server.on(FakeRegistry.blobPath(Digest.of(zip)), exchange -> {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            FakeServer.send(exchange, 200, packed.toByteArray());
        });

        assertThat(bench.refusal(source(":1.0.0")).code()).isEqualTo(ProblemCode.DIGEST_MISMATCH);
    }

    @Test
    void a_registry_that_lets_one_wait_is_given_up_at_the_deadline() {
        bench.close();
        bench = bench(Duration.ofMillis(300));
        registry.server.on(FakeRegistry.manifestPath("1.0.0"), exchange -> {
            exchange.sendResponseHeaders(200, 0);
            while (true) {
                exchange.getResponseBody().write(' ');
                exchange.getResponseBody().flush();
            }
        });
        registry.server.on(FakeRegistry.manifestPath("silent"), exchange -> {
            try {
                Thread.sleep(Duration.ofMinutes(1));
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        });

        assertThat(bench.refusal(source(":silent")).code()).isEqualTo(ProblemCode.SOURCE_FAILED);
        assertThat(bench.refusal(source(":1.0.0")).code()).isEqualTo(ProblemCode.SOURCE_FAILED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"layers\": {}}",
                "{\"mediaType\": \"application/vnd.oci.image.index.v1+json\", \"manifests\": []}",
                "{\"mediaType\": \"application/vnd.docker.distribution.manifest.v2+json\"}",
                "{\"artifactType\": \"application/vnd.storysign.plugin.v1+json\", \"layers\": []}",
                "{\"artifactType\": \"application/vnd.storysign.plugin.v1+json\", \"layers\": [1]}",
                "{\"artifactType\": \"application/vnd.oci.image\", \"artifactType\": \"x\", \"layers\": []}",
                "{\"config\": {\"mediaType\": \"application/vnd.oci.image.config.v1+json\"}, \"layers\": [{\"mediaType\":"
                        + " \"application/wasm\", \"size\": 1, \"digest\": \"sha256:0000000000000000000000000000000000000000000000000000000000000000\"}]}"
            })
    void what_is_no_manifest_of_a_package_is_refused(String manifest) {
        registry.manifest("odd", manifest);

        assertThat(bench.refusal(source(":odd")).code()).isEqualTo(ProblemCode.SOURCE_FAILED);
    }

    @Test
    void layers_that_are_too_many_unknown_or_missing_are_refused() {
        Layer zip = new Layer(OciPackage.ARCHIVE, PackageArchive.write(QUIET));
        Layer module = new Layer(OciPackage.WASM, QUIET.module());
        Layer note = new Layer(OciPackage.SIGNATURE, new byte[] {'a'});
        Layer manifest = new Layer(OciPackage.MANIFEST, QUIET.manifest());
        for (List<Layer> layers : List.of(
                List.of(zip, zip),
                List.of(note),
                List.of(zip, new Layer("text/plain", new byte[0])),
                List.of(zip, module),
                List.of(zip, manifest),
                java.util.Collections.nCopies(13, zip))) {
            registry.push("odd", OciPackage.ARTIFACT, "application/vnd.oci.empty.v1+json", layers);

            assertThat(bench.refusal(source(":odd")).code()).isEqualTo(ProblemCode.SOURCE_FAILED);
        }
        registry.push("odd", "", OciPackage.WASM_CONFIG, List.of(module, manifest, manifest));
        assertThat(bench.refusal(source(":odd"))).hasMessageContaining("has 2 layers " + OciPackage.MANIFEST);
    }

    @Test
    void a_redirect_leads_to_listed_servers_only() {
        Digest zip = Digest.of(PackageArchive.write(QUIET));
        registry.push("1.0.0", QUIET);
        elsewhere.on("/blob", PackageArchive.write(QUIET));
        registry.server.redirect(FakeRegistry.blobPath(zip), elsewhere.url("/blob"));

        ProblemException refused = bench.refusal(source(":1.0.0"));

        assertThat(refused.code()).isEqualTo(ProblemCode.SOURCE_REFUSED);
        assertThat(refused)
                .hasMessageContaining("redirects. The server `" + elsewhere.authority()
                        + "` is not listed: an operator lists it in storysign.sources.hosts");
        assertThat(elsewhere.asked()).isEmpty();
    }

    @Test
    void a_redirect_to_a_listed_server_is_followed_without_credentials() {
        bench.close();
        bench = SourceBench.of(Set.of(registry.server.authority()), Set.of(elsewhere.authority()), LONG);
        Digest zip = Digest.of(PackageArchive.write(QUIET));
        registry.push("1.0.0", QUIET);
        requireBasic(FakeRegistry.manifestPath("1.0.0"));
        elsewhere.on("/blob", PackageArchive.write(QUIET));
        registry.server.redirect(FakeRegistry.blobPath(zip), elsewhere.url("/blob?signature=x"));

        assertThat(bench.fetch(withCredentials(":1.0.0")).module()).isEqualTo(QUIET.module());

        assertThat(elsewhere.asked()).containsExactly(new FakeServer.Asked("/blob", Optional.empty()));
    }

    @Test
    void redirects_in_a_ring_end() {
        registry.server.redirect(FakeRegistry.manifestPath("ring"), FakeRegistry.manifestPath("ring"));

        assertThat(bench.refusal(source(":ring"))).hasMessageStartingWith("The source redirects more than 3 times");
        assertThat(registry.server.asked()).hasSize(4);
    }

    @Test
    void credentials_are_shown_to_a_registry_that_asks_and_no_other() {
        registry.push("1.0.0", QUIET);
        requireBasic(FakeRegistry.manifestPath("1.0.0"));

        assertThat(bench.refusal(source(":1.0.0"))).hasMessageContaining("wants to know who asks: name `credentials`");
        assertThat(bench.fetch(withCredentials(":1.0.0")).module()).isEqualTo(QUIET.module());
        PackageSource.Oci unknown = new PackageSource.Oci(source(":1.0.0").reference(), Optional.of("nobody"));
        assertThat(bench.refusal(unknown).code()).isEqualTo(ProblemCode.SOURCE_REFUSED);
        PackageSource.Oci unlisted = new PackageSource.Oci(
                OciReference.parse(elsewhere.authority() + "/a:1").orElseThrow(), Optional.of("team"));
        assertThat(bench.refusal(unlisted)).hasMessageContaining("storysign.sources.registries");
        assertThat(elsewhere.asked()).isEmpty();
    }

    @Test
    void credentials_that_do_not_open_are_told_without_saying_them() {
        registry.server.on(FakeRegistry.manifestPath("1.0.0"), exchange -> {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"here\"");
            FakeServer.send(exchange, 401, new byte[0]);
        });

        ProblemException refused = bench.refusal(withCredentials(":1.0.0"));

        assertThat(refused)
                .hasMessageContaining("does not accept the credentials that were named")
                .message()
                .doesNotContain(SourceBench.TEAM.password());
        assertThat(SourceBench.TEAM.toString()).doesNotContain(SourceBench.TEAM.password());
    }

    @Test
    void a_token_is_fetched_where_the_registry_says_if_that_is_listed() {
        registry.push("1.0.0", QUIET);
        requireToken(registry.server.url("/token"));
        registry.server.on("/token", "{\"token\": \"t0ken\"}".getBytes(StandardCharsets.UTF_8));

        assertThat(bench.fetch(withCredentials(":1.0.0")).module()).isEqualTo(QUIET.module());

        assertThat(registry.server.asked())
                .contains(new FakeServer.Asked("/token", Optional.of("Basic dGVhbTpzM2NyZXQtY2FuYXJ5")));
        requireToken(elsewhere.url("/token"));
        elsewhere.on("/token", "{\"token\": \"t0ken\"}".getBytes(StandardCharsets.UTF_8));
        assertThat(bench.refusal(withCredentials(":1.0.0")).code()).isEqualTo(ProblemCode.SOURCE_REFUSED);
        assertThat(elsewhere.asked()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "{\"token\": \"a\\r\\nX-Evil: 1\"}",
                "{\"token\": 1}",
                "{\"token\": \"\"}",
                "[\"token\"]"
            })
    void an_answer_that_is_no_token_opens_nothing(String answer) {
        registry.push("1.0.0", QUIET);
        requireToken(registry.server.url("/token"));
        registry.server.on("/token", answer.getBytes(StandardCharsets.UTF_8));

        assertThat(bench.refusal(withCredentials(":1.0.0")).code()).isEqualTo(ProblemCode.SOURCE_FAILED);
    }

    private void requireBasic(String path) {
        byte[] manifest = manifestOfQuiet();
        registry.server.on(path, exchange -> {
            if (exchange.getRequestHeaders().containsKey("Authorization")) {
                FakeServer.send(exchange, 200, manifest);
            } else {
                exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"here\"");
                FakeServer.send(exchange, 401, new byte[0]);
            }
        });
    }

    private void requireToken(String realm) {
        byte[] manifest = manifestOfQuiet();
        registry.server.on(FakeRegistry.manifestPath("1.0.0"), exchange -> {
            if ("Bearer t0ken".equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                FakeServer.send(exchange, 200, manifest);
            } else {
                exchange.getResponseHeaders()
                        .set(
                                "WWW-Authenticate",
                                "Bearer realm=\"" + realm + "\",service=\"r\",scope=\"repository:team/plugin:pull\"");
                FakeServer.send(exchange, 401, new byte[0]);
            }
        });
    }

    private static byte[] manifestOfQuiet() {
        return FakeRegistry.manifestOf(
                        OciPackage.ARTIFACT,
                        "application/vnd.oci.empty.v1+json",
                        List.of(new Layer(OciPackage.ARCHIVE, PackageArchive.write(QUIET))),
                        "")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String one(String mediaType, Digest digest, String size) {
        return "{\"artifactType\":\"" + OciPackage.ARTIFACT + "\",\"layers\":[{\"mediaType\":\"" + mediaType
                + "\",\"digest\":\"" + digest + "\",\"size\":" + size + "}]}";
    }
}
