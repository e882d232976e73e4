package org.storysign.plugins.plugin.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.storysign.plugins.identity.Digest;
import org.storysign.plugins.kit.FakeServer;
import org.storysign.plugins.platform.http.SourceHosts;
import org.storysign.plugins.plugin.PackageArchive;
import org.storysign.plugins.plugin.PluginPackage;
import org.storysign.plugins.plugin.TestPackages;
import org.storysign.plugins.problem.ProblemCode;

@Timeout(60)
class PackageFetchTest {

    private static final PluginPackage QUIET = TestPackages.of("{}", TestPackages.QUIET);
    private static final byte[] ZIP = PackageArchive.write(QUIET);

    @TempDir
    private Path folder = Path.of("");

    private final FakeServer server = new FakeServer();
    private SourceBench bench = SourceBench.of(hosts(Set.of(server.authority()), Set.of(server.authority())));

    private SourceHosts hosts(Set<String> inside, Set<String> plain) {
        return new SourceHosts(Set.of(server.authority(), "127.0.0.1", "*.example.com"), inside, plain);
    }

    private void allow(SourceHosts hosts) {
        bench.close();
        bench = SourceBench.of(hosts);
    }

    @AfterEach
    void close() {
        bench.close();
        server.close();
    }

    private PackageSource url(String path) {
        return new PackageSource.Url(server.url(path), Digest.of(ZIP));
    }

    @Test
    void a_zip_is_fetched_when_it_is_the_one_that_was_named() {
        server.on("/quiet.zip", ZIP);
        server.on("/other.zip", new byte[] {1, 2, 3});

        assertThat(bench.fetch(url("/quiet.zip?token=s3cret")).module()).isEqualTo(QUIET.module());

        assertThat(bench.progress.now().resolved()).contains(Digest.of(ZIP));
        assertThat(bench.progress.now().bytesDone()).isEqualTo(ZIP.length);
        assertThat(url("/quiet.zip?token=s3cret").text()).endsWith("/quiet.zip");
        assertThat(bench.refusal(url("/other.zip?token=s3cret")))
                .hasMessageContaining("/other.zip` is sha256:")
                .message()
                .doesNotContain("s3cret");
        assertThat(bench.refusal(url("/none.zip"))).hasMessage("The source answers 404, expected 200.");
    }

    @Test
    void a_zip_that_unpacks_to_more_than_a_package_is_a_bomb() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("manifest.json"));
            byte[] zeros = new byte[1 << 20];
            for (int mebibyte = 0; mebibyte < 100; mebibyte++) {
                zip.write(zeros);
            }
            zip.closeEntry();
        }
        server.on("/bomb.zip", bytes.toByteArray());

        PackageSource bomb = new PackageSource.Url(server.url("/bomb.zip"), Digest.of(bytes.toByteArray()));

        assertThat(bench.refusal(bomb).code()).isEqualTo(ProblemCode.REQUEST_TOO_LARGE);
    }

    @Test
    void a_body_larger_than_a_package_is_cut_off() {
        server.endless("/endless.zip");

        assertThat(bench.refusal(url("/endless.zip")))
                .hasMessageContaining("got an answer with a body larger than 12480 KiB");
    }

    @Test
    void plain_http_addresses_that_are_not_public_and_unlisted_servers_are_each_refused() {
        allow(hosts(Set.of(server.authority()), Set.of()));
        assertThat(bench.refusal(url("/a"))).hasMessageContaining("storysign.sources.plain-hosts");
        allow(hosts(Set.of(), Set.of(server.authority())));
        assertThat(bench.refusal(url("/a")))
                .hasMessageContaining("which leads to an address that is not public")
                .hasMessageContaining("storysign.sources.private-hosts");
        allow(new SourceHosts(Set.of(), Set.of(server.authority()), Set.of(server.authority())));
        assertThat(bench.refusal(url("/a"))).hasMessageContaining("is not listed");

        assertThat(server.asked()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.com/a.zip",
                "https://a.example.com.evil.org/a.zip",
                "https://aexample.com/a.zip",
                "https://plugins.example.com:8443/a.zip",
                "https://user@plugins.example.com/a.zip",
                "https://plugins.example.com\\@evil.org/a.zip",
                "https://plugins.example.com#@evil.org/",
                "file:///etc/passwd",
                "ftp://plugins.example.com/a.zip",
                "https://[::1]/a.zip",
                "https://0x7f000001/a.zip",
                "http://127.0.0.1/a.zip"
            })
    void addresses_that_are_not_listed_as_they_stand_are_refused(String url) {
        assertThat(bench.refusal(new PackageSource.Url(url, Digest.of(ZIP))).code())
                .isEqualTo(ProblemCode.SOURCE_REFUSED);
    }

    @Test
    void a_star_stands_for_names_below() {
        bench.fetch.require(new PackageSource.Url("https://plugins.example.com/a.zip", Digest.of(ZIP)));
        bench.fetch.require(new PackageSource.Url("https://eu.plugins.EXAMPLE.com/a.zip", Digest.of(ZIP)));
    }

    @Test
    void a_folder_of_the_directory_is_read_by_its_name() throws IOException {
        write(folder.resolve("packages/quiet"));
        bench.close();
        bench = SourceBench.of(folder.resolve("packages"));

        assertThat(bench.fetch(new PackageSource.Directory("quiet")).module()).isEqualTo(QUIET.module());
        assertThat(bench.refusal(new PackageSource.Directory("loud")).code()).isEqualTo(ProblemCode.SOURCE_FAILED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"..", ".", "", "../secret", "quiet/../../secret", "/etc", "quiet/", "a\\b", "a\0", "link", "~"})
    void nothing_outside_the_directory_is_read(String name) throws IOException {
        write(folder.resolve("secret"));
        write(folder.resolve("packages/quiet"));
        Files.createSymbolicLink(folder.resolve("packages/link"), folder.resolve("secret"));
        bench.close();
        bench = SourceBench.of(folder.resolve("packages"));

        assertThat(bench.refusal(new PackageSource.Directory(name)).code()).isEqualTo(ProblemCode.SOURCE_REFUSED);
    }

    @Test
    void links_out_of_a_folder_and_what_is_no_file_are_refused() throws IOException {
        write(folder.resolve("packages/linked"));
        Path module = folder.resolve("packages/linked/plugin.wasm");
        Files.move(module, folder.resolve("outside.wasm"));
        Files.createSymbolicLink(module, folder.resolve("outside.wasm"));
        write(folder.resolve("packages/nested"));
        Files.delete(folder.resolve("packages/nested/plugin.wasm"));
        Files.createDirectory(folder.resolve("packages/nested/plugin.wasm"));
        bench.close();
        bench = SourceBench.of(folder.resolve("packages"));

        assertThat(bench.refusal(new PackageSource.Directory("linked")))
                .hasMessage("the file `plugin.wasm` leads out of the folder");
        assertThat(bench.refusal(new PackageSource.Directory("nested")))
                .hasMessage("the file `plugin.wasm` is no file");
    }

    @Test
    void without_a_setting_nothing_is_brought_from_anywhere() {
        allow(SourceHosts.NONE);

        assertThat(bench.refusal(url("/a")).code()).isEqualTo(ProblemCode.SOURCE_REFUSED);
        assertThat(bench.refusal(new PackageSource.Directory("quiet")))
                .hasMessageContaining("storysign.sources.directory");
    }

    private static void write(Path into) throws IOException {
        Files.createDirectories(into);
        Files.write(into.resolve("manifest.json"), QUIET.manifest());
        Files.write(into.resolve("plugin.wasm"), QUIET.module());
        Files.write(into.resolve("note.txt"), "not of the package".getBytes(StandardCharsets.UTF_8));
    }
}
