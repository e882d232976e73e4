package org.storysign.plugins.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.plugin.PackageArchive;
import org.storysign.plugins.plugin.PluginPackage;
import org.storysign.plugins.problem.StrictJson;
import org.storysign.plugins.problem.Violations;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plugin push DIR}, to a service or a registry. */
@Command(
        name = "push",
        description = "Uploads a plugin with its files and signatures to a service, or to a registry of OCI artifacts.",
        footer = {
            "",
            "Try:  ./storysign plugin push wasm-plugins/profanity-filter",
            "      ./storysign plugin push wasm-plugins/profanity-filter oci://registry.example/plugins/profanity-filter:1.0.0"
        })
final class PushCommand implements Callable<Integer> {

    /** Where the key comes from when no file is named. */
    static final String KEY = "STORYSIGN_API_KEY";

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final StrictJson JSON = new StrictJson(50);

    private final PluginCommand.Streams streams;

    @Mixin
    private HelpOption help = new HelpOption();

    @Parameters(
            arity = "0..2",
            paramLabel = "DIR|oci://REGISTRY/NAME:TAG",
            description = "The folder with manifest.json and the module, and the registry, if it is to go there.")
    private List<String> places = List.of();

    @Mixin
    private RegistryPush registry = new RegistryPush();

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Of the service; http://localhost:8080 when it is not said.")
    private String url = "http://localhost:8080";

    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            description = "Holds an installer's API key; when it is not said, the variable " + KEY + " does.")
    private @Nullable Path keyFile;

    @Option(names = "--tenant", paramLabel = "TENANT", description = "For the platform's own key only.")
    private @Nullable String tenant;

    PushCommand(PluginCommand.Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws InterruptedException {
        PluginPackage content = new PackageFolder(Path.of(place(false).orElse("."))).read();
        Optional<String> artifact = place(true);
        if (artifact.isPresent()) {
            streams.out().println("pushed " + registry.push(artifact.get(), content));
            return 0;
        }
        byte[] zip = PackageArchive.write(content);
        String boundary = "storysign-" + UUID.randomUUID();
        HttpRequest.Builder request = HttpRequest.newBuilder(target())
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + key())
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(HttpRequest.BodyPublishers.ofByteArray(form(zip, boundary)));
        Optional.ofNullable(tenant).ifPresent(named -> request.header("Plugins-Tenant", named));
        try (HttpClient client = HttpClient.newHttpClient()) {
            return told(client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            throw new CommandMisused(url + " does not answer.");
        }
    }

    private Optional<String> place(boolean inRegistry) {
        List<String> found = places.stream()
                .filter(place -> place.startsWith(RegistryPush.SCHEME) == inRegistry)
                .toList();
        if (found.size() > 1) {
            throw new CommandMisused("both " + String.join(" and ", found) + " were named, expected one of them.");
        }
        return found.stream().findFirst();
    }

    private URI target() {
        try {
            return URI.create(url.replaceAll("/+$", "") + "/api/plugins/upload");
        } catch (IllegalArgumentException e) {
            throw new CommandMisused("the URL is " + url + ", expected one such as http://localhost:8080.");
        }
    }

    private String key() {
        String key = keyFile == null ? System.getenv(KEY) : KeyFiles.read(keyFile);
        if (key == null || key.isBlank()) {
            throw new CommandMisused("no API key was given: set " + KEY + " or name a --key-file.");
        }
        return key.strip();
    }

    private static byte[] form(byte[] zip, String boundary) {
        ByteArrayOutputStream form = new ByteArrayOutputStream();
        form.writeBytes(
                ("--" + boundary + "\r\nContent-Disposition: form-data; name=\"package\"; filename=\"package.zip\"\r\n"
                                + "Content-Type: application/zip\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        form.writeBytes(zip);
        form.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        return form.toByteArray();
    }

    private int told(HttpResponse<byte[]> answer) {
        JsonNode body = JSON.read(answer.body(), new Violations());
        return switch (answer.statusCode()) {
            case 200, 201 -> {
                streams.out()
                        .println((answer.statusCode() == 201 ? "uploaded " : "was there already: ")
                                + body.path("id").asText() + ", "
                                + body.path("state").asText() + ", active release "
                                + body.path("active_release").asText());
                yield 0;
            }
            default -> {
                streams.err()
                        .println("refused (" + answer.statusCode() + " "
                                + body.path("code").asText("") + "): "
                                + body.path("detail").asText("no reason was given"));
                yield PluginCommand.AT_FAULT;
            }
        };
    }
}
