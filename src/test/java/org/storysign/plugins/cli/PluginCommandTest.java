package org.storysign.plugins.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.storysign.plugins.kit.Guests;
import org.storysign.plugins.kit.Wat;
import org.storysign.plugins.plugin.PackageArchive;
import org.storysign.plugins.plugin.PluginPackage;

class PluginCommandTest {

    private static final String EXAMPLE =
            Path.of("wasm-plugins", "profanity-filter").toString();
    private static final String MANIFEST = """
            {"manifest_version": 1, "id": "tried", "name": "Tried", "version": "1.0.0", "description": "d", "author": "a",
             "entry_point": "plugin.wasm", "hooks": [{"name": "story", "type": "filter", "handler": "handle"}]}""";

    @TempDir
    private Path folder = Path.of("");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void a_good_package_is_said_to_be_good() {
        int code = run("", "validate", EXAMPLE);

        assertThat(code).isZero();
        assertThat(out())
                .contains("profanity-filter 1.0.0", "story_generation (filter, filter_story)", "good to install");
    }

    @Test
    void every_problem_of_a_package_is_told_with_what_to_change() throws IOException {
        write(MANIFEST.replace("\"1.0.0\"", "\"one\"").replace("\"Tried\"", "\"\""), Wat.assemble(Guests.silent()));

        int code = run("", "validate", folder.toString());

        assertThat(code).isEqualTo(1);
        assertThat(out()).contains("manifest-invalid", "/version", "/name", "1 problem.");
    }

    @Test
    void a_rejected_module_is_told_with_the_rule_and_the_place() throws IOException {
        write(
                MANIFEST,
                Wat.assemble(
                        "(module (import \"env\" \"exec\" (func)) (memory (export \"memory\") 1) (func (export \"handle\")))"));

        int code = run("", "validate", folder.toString());

        assertThat(code).isEqualTo(1);
        assertThat(out()).contains("module-rejected", "env.exec", "[");
    }

    @Test
    void a_module_that_misses_its_handler_is_told() throws IOException {
        write(MANIFEST.replace("\"handle\"", "\"absent\""), Wat.assemble(Guests.silent()));

        assertThat(run("", "validate", folder.toString())).isEqualTo(1);
        assertThat(out()).contains("export-missing", "absent");
    }

    @Test
    void a_call_prints_the_output_alone_and_the_usage_beside_it() {
        int code = run(
                "{\"result\": \"a cat\"}",
                "call",
                EXAMPLE,
                "filter_story",
                "--config",
                "words=[\"cat\"]",
                "--config",
                "mask=#");

        assertThat(code).isZero();
        assertThat(out()).isEqualTo("{\"result\":\"a ###\"}");
        assertThat(err()).containsPattern("fuel \\d+, time \\d+\\.\\d ms .*, memory .*, host calls \\d+");
    }

    @Test
    void a_configuration_comes_from_a_file_as_well() throws IOException {
        Path config = Files.writeString(folder.resolve("config.json"), "{\"words\": \"cat,dog\"}");

        run("{\"result\": \"a cat\"}", "call", EXAMPLE, "filter_story", "--config", config.toString());

        assertThat(out()).isEqualTo("{\"result\":\"a ***\"}");
    }

    @Test
    void a_configuration_that_does_not_fit_the_schema_is_refused() {
        assertThat(run("{}", "call", EXAMPLE, "filter_story", "--config", "nonsense=1"))
                .isEqualTo(1);
        assertThat(err()).contains("config-invalid", "nonsense");
    }

    @Test
    void a_guest_that_is_stopped_ends_the_command_with_1_and_says_why() throws IOException {
        write(MANIFEST, Wat.assemble(Guests.aborting()));

        assertThat(run("", "call", folder.toString(), "handle")).isEqualTo(1);
        assertThat(out()).isEmpty();
        assertThat(err()).contains("problem: unreachable", "fuel ");
    }

    @Test
    void a_guest_that_is_stopped_says_in_which_functions_it_was() throws IOException {
        String wat = "(module (memory 1) (func $deep unreachable) (func $handle (export \"handle\") (call $deep)))";
        write(MANIFEST, Wat.named(wat, "deep", "handle"));

        run("", "call", folder.toString(), "handle");
        run("", "call", folder.toString(), "handle", "--json");

        assertThat(err())
                .contains(
                        "problem: unreachable: `handle` aborted (unreachable), in `deep`\n  in `deep`\n  in `handle`\n");
        assertThat(out()).contains("\"guest_stack\" : [ \"`deep`\", \"`handle`\" ]");
    }

    @Test
    void fuel_is_lowered_and_never_raised() throws IOException {
        write(MANIFEST, Wat.assemble(Guests.looping()));

        assertThat(run("", "call", folder.toString(), "handle", "--fuel", "5000", "--json"))
                .isEqualTo(1);
        assertThat(out()).contains("\"fuel-exhausted\"", "\"fuel_used\" : 5000");
    }

    @Test
    void input_is_read_from_a_file_when_one_is_named() throws IOException {
        Path input = Files.writeString(folder.resolve("input.json"), "{\"result\": \"a cat\"}");

        run("ignored", "call", EXAMPLE, "filter_story", "--input", input.toString(), "--config", "words=[\"cat\"]");

        assertThat(out()).isEqualTo("{\"result\":\"a ***\"}");
    }

    @Test
    void output_is_one_document_when_json_is_asked_for() {
        run("{\"result\": \"a cat\"}", "call", EXAMPLE, "filter_story", "--json", "--config", "words=[\"cat\"]");

        assertThat(out())
                .contains("\"output\" : \"{\\\"result\\\":\\\"a ***\\\"}\"", "\"usage\"", "\"peak_memory_bytes\"");
    }

    @Test
    void what_is_not_understood_ends_with_2_and_help() {
        assertThat(run("")).isEqualTo(2);
        assertThat(run("", "dance")).isEqualTo(2);
        assertThat(run("", "call", EXAMPLE)).isEqualTo(2);
        assertThat(run("", "call", EXAMPLE, "filter_story", "--level", "lax")).isEqualTo(2);
        assertThat(run("", "call", EXAMPLE, "filter_story", "--fuel", "-1")).isEqualTo(2);
        assertThat(run("", "validate", folder.resolve("nowhere").toString())).isEqualTo(2);
        assertThat(run("", "validate", folder.toString())).isEqualTo(2);
        assertThat(err()).contains("Usage:", "is no folder", "manifest.json cannot be read", "--level is one of");
    }

    @Test
    void help_shows_commands_options_and_an_example() {
        assertThat(run("", "--help")).isZero();
        assertThat(run("", "call", "--help")).isZero();
        assertThat(out()).contains("validate", "call", "Exit codes", "./storysign plugin call", "--config", "--fuel");
    }

    @Test
    void an_entry_point_outside_the_folder_is_not_read() throws IOException {
        write(MANIFEST.replace("plugin.wasm", "../../../etc/hostname"), Wat.assemble(Guests.silent()));

        assertThat(run("", "validate", folder.toString())).isEqualTo(1);
        assertThat(out()).contains("/entry_point");
    }

    @Test
    void a_plugin_is_signed_verified_and_packed_with_its_signatures() throws IOException {
        write(MANIFEST, Wat.assemble(Guests.silent()));
        String key = folder.resolve("me").toString();
        String zip = folder.resolve("out.zip").toString();

        assertThat(run("", "keygen", key)).isZero();
        assertThat(run("", "sign", folder.toString(), "--key", key + ".key")).isZero();
        assertThat(run("", "verify", folder.toString(), "--key", key + ".pub")).isZero();
        assertThat(run("", "package", folder.toString(), "--out", zip)).isZero();

        assertThat(out()).contains("keep it secret", "signed sha256:", "signed by this key", "1 signature");
        PluginPackage packed = PackageArchive.read(Files.readAllBytes(Path.of(zip)));
        assertThat(packed.signatures())
                .containsExactly(Files.readAllBytes(folder.resolve("signatures").resolve("publisher.json")));
        assertThat(packed.module()).isEqualTo(Wat.assemble(Guests.silent()));
        byte[] first = Files.readAllBytes(Path.of(zip));
        run("", "package", folder.toString(), "--out", zip);
        assertThat(Files.readAllBytes(Path.of(zip))).isEqualTo(first);
    }

    @Test
    void a_second_signature_stands_beside_the_first_and_each_key_is_asked_for() throws IOException {
        write(MANIFEST, Wat.assemble(Guests.silent()));
        String one = folder.resolve("one").toString();
        String two = folder.resolve("two").toString();
        run("", "keygen", one);
        run("", "keygen", two, "--algorithm", "ecdsa-p256");
        run("", "sign", folder.toString(), "--key", one + ".key");

        assertThat(run("", "verify", folder.toString(), "--key", one + ".pub", "--key", two + ".pub"))
                .isEqualTo(1);
        run("", "sign", folder.toString(), "--key", two + ".key", "--name", "two");
        assertThat(run("", "verify", folder.toString(), "--key", one + ".pub", "--key", two + ".pub"))
                .isZero();
        assertThat(err()).contains("signature-rejected", "all of key-1, key-2 must sign, and key-2 did not");
    }

    @Test
    void what_was_changed_after_it_was_signed_is_told() throws IOException {
        write(MANIFEST, Wat.assemble(Guests.silent()));
        String key = folder.resolve("me").toString();
        run("", "keygen", key);
        run("", "sign", folder.toString(), "--key", key + ".key");
        write(MANIFEST.replace("1.0.0", "1.0.1"), Wat.assemble(Guests.silent()));

        assertThat(run("", "verify", folder.toString(), "--key", key + ".pub")).isEqualTo(1);
        assertThat(err()).contains("signature-rejected", "a signature is about the package sha256:");
    }

    @Test
    void the_statement_is_what_other_tools_sign() throws IOException {
        write(MANIFEST, Wat.assemble(Guests.silent()));

        assertThat(run("", "statement", folder.toString())).isZero();

        assertThat(out())
                .startsWith("{\"author\":\"a\",\"description\":\"d\"")
                .contains("}\nsha256:")
                .doesNotEndWith("\n");
    }

    @Test
    void a_key_is_never_written_over_another_nor_readable_for_others() throws IOException {
        String key = folder.resolve("me").toString();
        run("", "keygen", key);
        String first = Files.readString(Path.of(key + ".key"));

        assertThat(run("", "keygen", key)).isEqualTo(2);
        Files.delete(Path.of(key + ".pub"));
        assertThat(run("", "keygen", key)).isEqualTo(2);

        assertThat(Files.readString(Path.of(key + ".key"))).isEqualTo(first);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(key + ".key"))))
                .isEqualTo("rw-------");
        assertThat(err()).contains("is there already");
    }

    @Test
    void what_cannot_be_signed_with_or_should_not_be_signed_is_told() throws IOException {
        String key = folder.resolve("me").toString();
        run("", "keygen", key);
        write(MANIFEST.replace("\"handle\"", "\"absent\""), Wat.assemble(Guests.silent()));

        assertThat(run("", "sign", folder.toString(), "--key", key + ".key")).isEqualTo(1);
        assertThat(run("", "package", folder.toString())).isEqualTo(1);
        assertThat(run("", "sign", folder.toString(), "--key", key + ".pub")).isEqualTo(2);
        assertThat(run("", "sign", folder.toString(), "--key", key + ".key", "--name", "../x"))
                .isEqualTo(2);
        assertThat(run("", "verify", folder.toString(), "--key", key + ".key")).isEqualTo(2);
        assertThat(run("", "keygen", key + "2", "--algorithm", "rsa")).isEqualTo(2);
        assertThat(folder.resolve("signatures")).doesNotExist();
        assertThat(err()).contains("export-missing", "PRIVATE KEY", "ed25519", "ecdsa-p256");
    }

    @Test
    void a_push_without_a_key_or_a_service_is_told() throws IOException {
        Path key = Files.writeString(folder.resolve("key"), "ssk_x");
        int nobody;
        try (ServerSocket free = new ServerSocket(0)) {
            nobody = free.getLocalPort();
        }

        assertThat(run("", "push", EXAMPLE, "--key-file", folder.resolve("none").toString()))
                .isEqualTo(2);
        assertThat(run("", "push", EXAMPLE, "--key-file", key.toString(), "--url", "http://localhost:" + nobody))
                .isEqualTo(2);
        assertThat(err()).contains("does not answer");
    }

    private void write(String manifest, byte[] module) throws IOException {
        Files.writeString(folder.resolve("manifest.json"), manifest);
        Files.write(folder.resolve("plugin.wasm"), module);
    }

    private int run(String input, String... arguments) {
        return PluginCommand.run(
                new PluginCommand.Streams(
                        new ByteArrayInputStream(input.getBytes(UTF_8)),
                        new PrintStream(out, true, UTF_8),
                        new PrintStream(err, true, UTF_8)),
                arguments);
    }

    private String out() {
        return out.toString(UTF_8);
    }

    private String err() {
        return err.toString(UTF_8);
    }
}
