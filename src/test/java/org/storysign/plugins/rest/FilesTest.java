package org.storysign.plugins.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.Digest;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.kit.Pauses;
import org.storysign.plugins.kit.ServiceTest;

/** Files as Go's own library sees them, through WASI, on PostgreSQL. */
@ServiceTest
class FilesTest {

    private static final Path MODULE = Path.of("src", "test", "resources", "kits", "go-files", "plugin.wasm");
    private static final byte[] PAGE = "<p>hello</p>".getBytes(StandardCharsets.UTF_8);

    /** One for all tests: Go's modules take seconds to compile. */
    private static @Nullable ApiTenant shared;

    @BeforeEach
    void begin() throws IOException {
        if (shared == null) {
            shared = new ApiTenant();
            serve(shared);
        }
        List<String> left = run("list /data");
        Stream.of(left.getFirst().split(" "))
                .filter(name -> !name.isEmpty())
                .forEach(name -> run("removeall /data/" + name));
    }

    private static ApiTenant tenant() {
        return Objects.requireNonNull(shared);
    }

    /** Waits until it is compiled: what interprets it meanwhile is slow on a busy machine. */
    private static void serve(ApiTenant tenant) throws IOException {
        String digest = Digest.of(PAGE).value();
        String manifest = PluginText.named("files")
                .with("permissions", List.of("filesystem:read", "filesystem:write"))
                .with("files", Map.of("ui/page.html", digest, "words.txt", digest))
                .toString();
        tenant.upload(manifest, Files.readAllBytes(MODULE), Map.of("ui/page.html", PAGE, "words.txt", PAGE))
                .then()
                .statusCode(201);
        tenant.enableAgreeing("files", List.of("filesystem:read", "filesystem:write"));
        Pauses.await(
                "the compiler",
                Duration.ofMinutes(2),
                () -> tenant.as(Role.VIEWER).get(ApiTenant.BASE + "/status").path("engine.compiled") != null);
    }

    @Test
    void the_packages_files_are_read_and_never_written() {
        assertThat(run(
                        "list /package",
                        "list /package/ui",
                        "read /package/ui/page.html",
                        "stat /package/words.txt",
                        "stat /package/ui",
                        "write /package/words.txt x",
                        "create /package/new x",
                        "remove /package/words.txt",
                        "mkdir /package/d",
                        "rename /package/words.txt /package/w",
                        "cut /package/words.txt",
                        "read /package/words.txt"))
                .containsExactly(
                        "ui/ words.txt",
                        "page.html",
                        "<p>hello</p>",
                        "words.txt 12 false",
                        "ui 0 true",
                        "error Read-only file system",
                        "error Read-only file system",
                        "error Read-only file system",
                        "error Read-only file system",
                        "error Read-only file system",
                        "error Read-only file system",
                        "<p>hello</p>");
    }

    @Test
    void what_a_plugin_writes_it_finds_in_a_later_call() {
        assertThat(run(
                        "mkdirs /data/a/b",
                        "write /data/a/b/notes.txt first",
                        "append /data/a/b/notes.txt , second",
                        "append /data/log one",
                        "create /data/log again"))
                .containsExactly("ok", "ok", "ok", "ok", "error File exists");

        assertThat(run(
                        "read /data/a/b/notes.txt",
                        "stat /data/a/b/notes.txt",
                        "tail /data/a/b/notes.txt",
                        "list /data",
                        "list /data/a",
                        "patch /data/a/b/notes.txt FIRST",
                        "read /data/a/b/notes.txt",
                        "cut /data/log",
                        "read /data/log"))
                .containsExactly(
                        "first, second",
                        "notes.txt 13 false",
                        "cond",
                        "a/ log",
                        "b/",
                        "ok",
                        "FIRST, second",
                        "ok",
                        "on");
    }

    @Test
    void what_is_renamed_and_removed_is_so_in_a_later_call() {
        run("mkdir /data/d", "write /data/d/x 1", "write /data/y 2");

        assertThat(run(
                        "rename /data/d /data/e",
                        "rename /data/y /data/e/x",
                        "remove /data/e",
                        "read /data/e/x",
                        "removeall /data/e",
                        "list /data",
                        "read /data/e/x"))
                .containsExactly(
                        "ok", "ok", "error Directory not empty", "2", "ok", "", "error No such file or directory");
    }

    @Test
    void there_are_no_links_and_no_way_out() {
        run("write /data/a 1");

        assertThat(run(
                        "link /data/a /data/b",
                        "symlink /etc/passwd /data/b",
                        "readlink /data/a",
                        "read /etc/passwd",
                        "read /data/../package/../etc/passwd",
                        "read /data/../../etc/passwd",
                        "read /proc/self/environ",
                        "rename /data/a /package/a",
                        "write /tmp/x 1",
                        "list /"))
                .allSatisfy(answer -> assertThat(answer).startsWith("error "));
        assertThat(run("list /data")).containsExactly("a");
    }

    @Test
    void a_file_has_a_mebibyte_and_the_plugin_what_it_may_keep_and_both_are_told_as_they_are_written() {
        assertThat(run("fill /data/a 1048576", "fill /data/b 1048577", "size /data/a"))
                .containsExactly("ok", "error File too large", "1048576");

        List<String> all = run(
                "fill /data/1 1048000",
                "fill /data/2 1048000",
                "fill /data/3 1048000",
                "fill /data/4 1048000",
                "fill /data/5 1048000",
                "fill /data/6 1048000",
                "fill /data/7 1048000",
                "fill /data/8 1048000",
                "fill /data/9 1048000");

        assertThat(all).contains("ok").endsWith("error Quota exceeded");
        assertThat(run("remove /data/1", "write /data/small x")).containsExactly("ok", "ok");
    }

    @Test
    void so_many_files_are_open_at_once() {
        run("write /data/a 1");

        assertThat(run("open /data/a", "read /data/a")).containsExactly("62 Too many open files", "1");
    }

    @Test
    void another_tenants_plugin_of_the_same_name_finds_nothing_of_it() throws IOException {
        run("write /data/secret mine");
        ApiTenant stranger = new ApiTenant();
        serve(stranger);

        assertThat(answers(call(stranger, "list /data", "read /data/secret", "write /data/secret theirs")))
                .containsExactly("", "error No such file or directory", "ok");
        assertThat(run("read /data/secret")).containsExactly("mine");
    }

    @Test
    void a_plugin_that_is_uninstalled_leaves_its_files_only_when_they_are_to_be_kept() throws IOException {
        run("write /data/a 1");
        tenant().admin().delete(ApiTenant.BASE + "/files?keep_data=true").then().statusCode(204);
        serve(tenant());
        assertThat(run("read /data/a")).containsExactly("1");

        tenant().admin().delete(ApiTenant.BASE + "/files").then().statusCode(204);
        serve(tenant());

        assertThat(run("list /data")).containsExactly("");
    }

    private static List<String> run(String... lines) {
        return answers(call(tenant(), lines));
    }

    private static Response call(ApiTenant tenant, String... lines) {
        return tenant.call("files", "run", String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> answers(Response response) {
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(200);
        return List.of(response.asString().split("\n", -1));
    }
}
