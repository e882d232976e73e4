package org.storysign.plugins.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

class PackageArchiveTest {

    private final PluginPackage plain = TestPackages.of("{}", TestPackages.QUIET);

    @Test
    void a_zip_is_taken_apart_into_manifest_module_and_files() {
        PluginPackage read = PackageArchive.read(zip(Map.of("ui/a.html", new byte[] {1}, "ui/", new byte[0])));

        assertThat(read.manifest()).isEqualTo(plain.manifest());
        assertThat(read.module()).isEqualTo(plain.module());
        assertThat(read.files().paths()).containsExactly("ui/a.html");
        assertThat(read.files().content("ui/a.html")).contains(new byte[] {1});
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../a.html",
                "ui/../../a.html",
                "/etc/passwd",
                "C:\\a.html",
                "ui\\a.html",
                "ui//a.html",
                "./a.html",
                ".hidden",
                "a\nb",
                "ü.html"
            })
    void a_name_that_leads_elsewhere_is_refused(String name) {
        assertThat(code(zip(Map.of(name, new byte[] {1})))).isEqualTo(ProblemCode.REQUEST_INVALID);
    }

    @Test
    void two_hundred_entries_pass_and_one_more_does_not() {
        assertThat(PackageArchive.read(zip(files(198))).files().paths()).hasSize(198);
        assertThat(code(zip(files(199)))).isEqualTo(ProblemCode.REQUEST_INVALID);
    }

    @Test
    void a_bomb_is_refused_before_it_is_unpacked() {
        byte[] bomb = zip(Map.of("ui/a.html", new byte[64 << 20]));

        assertThat(bomb.length).isLessThan(100_000);
        assertThat(code(bomb)).isEqualTo(ProblemCode.REQUEST_TOO_LARGE);
    }

    @Test
    void what_is_no_zip_or_lacks_a_half_is_refused() {
        assertThat(code(new byte[0])).isEqualTo(ProblemCode.REQUEST_INVALID);
        assertThat(code("PK nonsense".getBytes(java.nio.charset.StandardCharsets.US_ASCII)))
                .isEqualTo(ProblemCode.REQUEST_INVALID);
        assertThat(code(raw(Map.of("plugin.wasm", plain.module())))).isEqualTo(ProblemCode.REQUEST_INVALID);
        assertThat(code(raw(Map.of("manifest.json", plain.manifest())))).isEqualTo(ProblemCode.REQUEST_INVALID);
    }

    @Test
    void files_must_be_exactly_those_of_the_manifest() {
        PackageInspector inspector = new PackageInspector();
        String named = "{\"files\": {\"a.txt\": \"" + org.storysign.plugins.identity.Digest.of(new byte[] {1}) + "\"}}";
        PluginPackage upload = TestPackages.of(named, TestPackages.QUIET);

        assertThat(inspector
                        .require(with(upload, Map.of("a.txt", new byte[] {1})))
                        .content()
                        .files()
                        .paths())
                .containsExactly("a.txt");
        refused(inspector, with(upload, Map.of("a.txt", new byte[] {2})), ProblemCode.DIGEST_MISMATCH);
        refused(inspector, with(upload, Map.of()), ProblemCode.MANIFEST_INVALID);
        refused(inspector, with(plain, Map.of("a.txt", new byte[] {1})), ProblemCode.MANIFEST_INVALID);
    }

    private static void refused(PackageInspector inspector, PluginPackage upload, ProblemCode code) {
        assertThatThrownBy(() -> inspector.require(upload))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.code()).isEqualTo(code));
        assertThat(inspector.check(upload).problems())
                .extracting(ProblemException::code)
                .containsExactly(code);
    }

    private static PluginPackage with(PluginPackage upload, Map<String, byte[]> files) {
        return new PluginPackage(upload.manifest(), upload.module(), PackageFiles.of(files));
    }

    private static ProblemCode code(byte[] zip) {
        try {
            PackageArchive.read(zip);
            throw new AssertionError("it was read");
        } catch (ProblemException refused) {
            return refused.code();
        }
    }

    private static Map<String, byte[]> files(int count) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (int file = 0; file < count; file++) {
            files.put("f" + file, new byte[0]);
        }
        return files;
    }

    private byte[] zip(Map<String, byte[]> files) {
        Map<String, byte[]> all = new LinkedHashMap<>(files);
        all.put("manifest.json", plain.manifest());
        all.put("plugin.wasm", plain.module());
        return raw(all);
    }

    private static byte[] raw(Map<String, byte[]> entries) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
