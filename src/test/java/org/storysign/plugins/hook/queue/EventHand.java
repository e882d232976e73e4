package org.storysign.plugins.hook.queue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import org.storysign.plugins.hook.HookDispatcher;
import org.storysign.plugins.hook.HookOutcome;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.TestDatabase;
import org.storysign.plugins.plugin.PluginCatalog;

/** A worker that has events handled when a test says so, on the test's thread. An event is tried twice. */
public final class EventHand {

    private static final QueueSettings SETTINGS = new QueueSettings(
            8, Duration.ofSeconds(1), Duration.ofMinutes(1), 2, new Backoff(Duration.ofHours(1), Duration.ofHours(1)));

    private final EventWorker worker;

    public EventHand(EventQueue queue, HookDispatcher dispatcher, PluginCatalog catalog) {
        EventWatcher nobody = new EventWatcher() {
            @Override
            public void ran(HookOutcome outcome) {}

            @Override
            public void settled(Verdict verdict) {}
        };
        this.worker = new EventWorker(
                "tests",
                queue,
                SETTINGS,
                new EventHandling(dispatcher::dispatch, SETTINGS, nobody, new Random(1)),
                new EventWorker.Surroundings(
                        Clock.systemUTC(),
                        Runnable::run,
                        tenant -> catalog.current(tenant).revision(),
                        nobody,
                        () -> {}));
    }

    /** Handles all that the tenant has, without waiting for pauses, until each is done or dead. */
    public void workOff(TenantId tenant) {
        int taken;
        do {
            change("UPDATE event SET takeable_at = now() WHERE state = 'queued' AND tenant = ?", tenant);
            taken = worker.turn();
        } while (taken > 0);
    }

    /** From now on another process has every event of the tenant in work. */
    public void takeAway(TenantId tenant) {
        change(
                "UPDATE event SET state = 'working', worker = 'other', lease = gen_random_uuid(),"
                        + " takeable_at = now() + interval '1 hour' WHERE tenant = ?",
                tenant);
    }

    private static void change(String sql, TenantId tenant) {
        try (Connection connection = TestDatabase.asSuperuser();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, tenant.value());
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
