package org.storysign.plugins.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code plugin push DIR oci://…} did.
 *
 * @param said on both of its streams
 */
public record PushedToRegistry(int exit, String said) {

    public static PushedToRegistry of(Path folder, String target, String... options) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(said, true, UTF_8);
        List<String> arguments = new ArrayList<>(List.of("push", folder.toString(), target, "--plain-http"));
        arguments.addAll(List.of(options));
        int exit = PluginCommand.run(
                new PluginCommand.Streams(new ByteArrayInputStream(new byte[0]), stream, stream),
                arguments.toArray(String[]::new));
        return new PushedToRegistry(exit, said.toString(UTF_8));
    }

    /** The manifest's digest that it printed. */
    public String digest() {
        return said.strip().substring(said.strip().indexOf('@') + 1);
    }
}
