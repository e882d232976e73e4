package org.storysign.plugins.kit;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.storysign.plugins.signature.KeyAlgorithm;
import org.storysign.plugins.signature.SigningKey;
import org.storysign.plugins.storage.embedded.DataDirectory;
import org.storysign.plugins.storage.embedded.DatabaseAddress;
import org.storysign.plugins.storage.embedded.EmbeddedDatabase;

/**
 * One embedded PostgreSQL server for all tests of this JVM, empty at first. Quarkus loads this class anew for each start of the
 * service, so what is running is remembered in system properties; the JVM's end stops it.
 */
public final class TestDatabase implements QuarkusTestResourceLifecycleManager {

    /** The administrator's key of the service under test. */
    public static final String ADMIN_KEY = "test-admin-key-0123456789abcdef0123456789abcdef";

    /** What encrypts its secrets. */
    public static final String SECRETS_KEY = "a7".repeat(32);

    private static final String PREFIX = "kit.database.";
    private static final String SUPERUSER_PASSWORD = PREFIX + "superuser-password";

    @Override
    public Map<String, String> start() {
        Map<String, String> settings = new HashMap<>(address().asConfiguration());
        settings.put("storysign.admin-key", ADMIN_KEY);
        settings.put("storysign.secrets.keys.first", SECRETS_KEY);
        SigningKey.Pair audit = SigningKey.generate(KeyAlgorithm.ED25519);
        settings.put("storysign.audit.private-key", audit.signing().pem());
        settings.put("storysign.audit.public-key", audit.verifying().pem());
        return settings;
    }

    @Override
    public void stop() {}

    /** Starts it if it does not run yet. */
    public static DatabaseAddress address() {
        synchronized (System.class) {
            if (System.getProperty(PREFIX + "url") == null) {
                remember(startFresh());
            }
        }
        return new DatabaseAddress(
                System.getProperty(PREFIX + "url"),
                new DatabaseAddress.Login("storysign_owner", System.getProperty(PREFIX + "storysign_owner")),
                new DatabaseAddress.Login("storysign_service", System.getProperty(PREFIX + "storysign_service")));
    }

    /** A connection that no row-level security holds back, to see and break what the service cannot. */
    public static Connection asSuperuser() throws SQLException {
        return DriverManager.getConnection(address().jdbcUrl(), "postgres", System.getProperty(SUPERUSER_PASSWORD));
    }

    /** The same in another database of that server. */
    public static Connection asSuperuser(String database) throws SQLException {
        String url = address().jdbcUrl();
        return DriverManager.getConnection(
                url.substring(0, url.lastIndexOf('/') + 1) + database,
                "postgres",
                System.getProperty(SUPERUSER_PASSWORD));
    }

    /** A connection as the running service has it. */
    public static Connection asService() throws SQLException {
        DatabaseAddress address = address();
        return DriverManager.getConnection(
                address.jdbcUrl(),
                address.service().username(),
                address.service().password());
    }

    private static EmbeddedDatabase startFresh() {
        try {
            Path root = Files.createTempDirectory(Files.createDirectories(Path.of("target", "databases")), "service-");
            EmbeddedDatabase database = EmbeddedDatabase.start(
                    new DataDirectory(root, Path.of("target", "database-server")), System.out::println);
            Runtime.getRuntime().addShutdownHook(new Thread(database::close, "stop-test-database"));
            return database;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void remember(EmbeddedDatabase database) {
        DatabaseAddress address = database.address();
        System.setProperty(PREFIX + "url", address.url());
        System.setProperty(PREFIX + "storysign_owner", address.owner().password());
        System.setProperty(PREFIX + "storysign_service", address.service().password());
        try {
            Path password = database.directory().root().resolve("postgres.password");
            System.setProperty(SUPERUSER_PASSWORD, Files.readString(password).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
