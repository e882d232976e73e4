package org.storysign.plugins;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.storysign.plugins.storage.embedded.DataDirectory;
import org.storysign.plugins.storage.embedded.SecretFile;

/**
 * What must be known before Quarkus starts, read from where Quarkus will read it too: system properties, environment variables and
 * {@code config/application.properties}.
 */
record StartSettings(SmallRyeConfig config) {

    private static final String DATABASE_URL = "storysign.database.url";
    private static final String ADMIN_KEY = "storysign.admin-key";

    private static final List<String> DATABASE_SETTINGS = List.of(
            DATABASE_URL,
            "storysign.database.owner.username",
            "storysign.database.owner.password",
            "storysign.database.service.username",
            "storysign.database.service.password");

    /** Those that have a default in {@code application.properties}. */
    private static final List<String> OPTIONAL_SETTINGS =
            List.of("storysign.database.owner.username", "storysign.database.service.username");

    static StartSettings read() {
        SmallRyeConfigBuilder builder =
                new SmallRyeConfigBuilder().addDefaultInterceptors().addDefaultSources();
        Path file = Path.of("config", "application.properties");
        if (Files.exists(file)) {
            try {
                builder.withSources(new PropertiesConfigSource(file.toUri().toURL(), 260));
            } catch (IOException e) {
                throw new StartRefusedException(file.toAbsolutePath() + " cannot be read: " + e);
            }
        }
        return new StartSettings(builder.build());
    }

    boolean serve() {
        return config.getOptionalValue("storysign.serve", Boolean.class).orElse(false);
    }

    boolean hasDatabase() {
        return isSet(DATABASE_URL);
    }

    DataDirectory dataDirectory() {
        return DataDirectory.at(Path.of(
                config.getOptionalValue("storysign.data-dir", String.class).orElse("data")));
    }

    void requireDatabase() {
        List<String> missing = DATABASE_SETTINGS.stream()
                .filter(name -> !OPTIONAL_SETTINGS.contains(name) && !isSet(name))
                .toList();
        if (!missing.isEmpty()) {
            throw new StartRefusedException("No database is configured, and none is started here. Missing: "
                    + String.join(", ", missing) + " (as environment variables: "
                    + String.join(
                            ", ",
                            missing.stream().map(StartSettings::environmentName).toList())
                    + "). To try the service with a database of its own, use ./storysign serve.");
        }
    }

    /** The key given, else the one kept in the data directory, generated at the first start. */
    void provideAdminKey() {
        if (!isSet(ADMIN_KEY)) {
            DataDirectory directory = dataDirectory();
            directory.create();
            System.setProperty(ADMIN_KEY, SecretFile.readOrGenerate(directory.adminKey()));
            System.setProperty(StartBanner.ADMIN_KEY_FILE, directory.adminKey().toString());
        }
    }

    /** What secrets are encrypted with, in the same way. */
    void provideSecretsKey() {
        boolean configured = StreamSupport.stream(config.getPropertyNames().spliterator(), false)
                .anyMatch(name -> name.startsWith(SecretsConfig.PREFIX + ".keys."));
        if (!configured) {
            DataDirectory directory = dataDirectory();
            directory.create();
            System.setProperty(SecretsConfig.PREFIX + ".keys.serve", SecretFile.readOrGenerate(directory.secretsKey()));
        }
    }

    /** What checkpoints of the audit trail are signed with, in the same way. */
    void provideAuditKey() {
        if (!isSet(AuditConfig.PREFIX + ".private-key")) {
            DataDirectory directory = dataDirectory();
            directory.create();
            KeyPairFile kept = KeyPairFile.readOrGenerate(directory.auditKey());
            System.setProperty(AuditConfig.PREFIX + ".private-key", kept.privateKey());
            System.setProperty(AuditConfig.PREFIX + ".public-key", kept.publicKey());
        }
    }

    /** Answers at once instead of after the database has been started. */
    void requirePortFree() {
        int port = config.getOptionalValue("quarkus.http.port", Integer.class).orElse(8080);
        String host = config.getOptionalValue("quarkus.http.host", String.class).orElse("0.0.0.0");
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(host, port));
        } catch (BindException e) {
            throw new StartRefusedException("Port " + port + " of " + host + " cannot be used: " + e.getMessage()
                    + ". Stop what listens there, or choose another port with --port (QUARKUS_HTTP_PORT).");
        } catch (IOException e) {
            throw new StartRefusedException(
                    "Port " + port + " of " + host + " cannot be used: " + e.getMessage() + ".");
        }
    }

    private boolean isSet(String name) {
        return config.getOptionalValue(name, String.class).isPresent();
    }

    private static String environmentName(String property) {
        return property.replaceAll("[^a-z0-9]", "_").toUpperCase(java.util.Locale.ROOT);
    }
}
