package org.storysign.plugins;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.plugin.PluginDiscovery;
import org.storysign.plugins.plugin.PluginDiscovery.Afterwards;
import org.storysign.plugins.storage.embedded.EmbeddedDatabase;
import org.storysign.plugins.storage.embedded.EmbeddedDatabaseException;

/**
 * Starts the service. Under {@code storysign.serve=true} (the launcher's {@code serve}) what is not configured is provided: an
 * embedded database, an administrator's key and the keys that encrypt secrets and sign checkpoints, all kept in
 * {@code storysign.data-dir}. Otherwise, as in a container, nothing is
 * provided, and a missing setting ends the process with exit code 2 and a sentence that says which.
 *
 * <p>The embedded database outlives everything that uses it: it is stopped after Quarkus, also when a signal ends the process.
 */
@QuarkusMain
public final class StorySignPlugins {

    static final int EXIT_NOT_STARTABLE = 2;

    private static final long STOP_SECONDS = 60;
    private static final Duration LONGEST_DISCOVERY = Duration.ofMinutes(5);

    public static void main(String... arguments) {
        System.exit(run(StartSettings.read(), arguments));
    }

    private static int run(StartSettings settings, String... arguments) {
        try {
            settings.requirePortFree();
            if (!settings.serve()) {
                settings.requireDatabase();
                return runQuarkus(new CountDownLatch(1), arguments);
            }
            settings.provideAdminKey();
            settings.provideSecretsKey();
            settings.provideAuditKey();
            return settings.hasDatabase()
                    ? runQuarkus(new CountDownLatch(1), arguments)
                    : runWithDatabase(settings, arguments);
        } catch (StartRefusedException | EmbeddedDatabaseException e) {
            System.err.println(e.getMessage());
            return EXIT_NOT_STARTABLE;
        }
    }

    private static int runWithDatabase(StartSettings settings, String... arguments) {
        CountDownLatch quarkusStopped = new CountDownLatch(1);
        try (EmbeddedDatabase database = EmbeddedDatabase.start(settings.dataDirectory(), System.out::println)) {
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(() -> stopAfter(quarkusStopped, database), "stop-embedded-database"));
            database.address().asConfiguration().forEach(System::setProperty);
            return runQuarkus(quarkusStopped, arguments);
        }
    }

    /** On a signal, the virtual machine waits for its hooks only, not for {@code main}: so the hook stops the database as well. */
    private static void stopAfter(CountDownLatch quarkusStopped, EmbeddedDatabase database) {
        try {
            if (!quarkusStopped.await(STOP_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("The service did not stop in time; stopping its database.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        database.close();
    }

    private static int runQuarkus(CountDownLatch stopped, String... arguments) {
        AtomicInteger exitCode = new AtomicInteger();
        try {
            Quarkus.run(
                    Service.class,
                    (code, failure) -> {
                        exitCode.set(failure == null ? code : tell(failure, code));
                    },
                    arguments);
        } finally {
            stopped.countDown();
        }
        return exitCode.get();
    }

    /** Says why it did not start. The exit code. */
    private static int tell(Throwable failure, int code) {
        Optional<String> explained = StartFailure.explain(failure);
        explained.ifPresentOrElse(System.err::println, failure::printStackTrace);
        return explained.isPresent() ? EXIT_NOT_STARTABLE : code;
    }

    /** What runs once everything is up. */
    public static final class Service implements QuarkusApplication {

        private final PluginDiscovery discovery;

        @Inject
        Service(PluginDiscovery discovery) {
            this.discovery = discovery;
        }

        @Override
        public int run(String @Nullable ... arguments) {
            discover();
            StartBanner.print();
            Quarkus.waitForExit();
            return 0;
        }

        /** Under {@code serve} what needs nobody's consent is enabled too: it is the author's loop. */
        private void discover() {
            Config config = ConfigProvider.getConfig();
            Afterwards afterwards =
                    config.getOptionalValue("storysign.serve", Boolean.class).orElse(false)
                            ? Afterwards.ENABLE
                            : Afterwards.LEAVE;
            config.getOptionalValue("storysign.plugins-dir", Path.class)
                    .ifPresent(directory -> discovery
                            .discover(directory, afterwards)
                            .await()
                            .atMost(LONGEST_DISCOVERY)
                            .forEach(found -> System.out.println(StartBanner.line(found))));
        }
    }
}
