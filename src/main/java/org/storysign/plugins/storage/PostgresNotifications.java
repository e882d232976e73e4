package org.storysign.plugins.storage;

import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.storysign.plugins.identity.UserId;
import org.storysign.plugins.platform.DataOwner;
import org.storysign.plugins.platform.Notice;
import org.storysign.plugins.platform.Notifications;
import org.storysign.plugins.platform.Toasts;

/** What users are told, in PostgreSQL; toasts too, for their moment. */
@Singleton
public final class PostgresNotifications implements Notifications, Toasts {

    private final FunctionCalls database;

    @Inject
    PostgresNotifications(FunctionCalls database) {
        this.database = database;
    }

    @Override
    public long send(DataOwner to, Notice notice, Duration timeout) {
        return add(to, notice, new Stay("notice", Notifications.KEPT, Notifications.MOST), timeout);
    }

    @Override
    public void show(DataOwner to, Notice toast, Duration timeout) {
        add(to, toast, new Stay("toast", Toasts.SHOWN, Toasts.MOST), timeout);
    }

    /** As what it is kept, for how long, and how many of them. */
    private record Stay(String kind, Duration time, int most) {}

    private long add(DataOwner to, Notice notice, Stay stay, Duration timeout) {
        UserId user = to.user().orElseThrow(() -> new IllegalArgumentException("a notification is for a user"));
        Tuple arguments = Tuple.of(
                        to.tenant().value(), to.plugin().value(), DataFunctions.storable(user.value()), stay.kind())
                .addString(notice.level().publicName())
                .addString(notice.title())
                .addString(notice.body())
                .addString(notice.link())
                .addLong(stay.time().toMillis())
                .addInteger(stay.most());
        return database.ask("SELECT notification_add($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)", arguments, timeout)
                .getFirst()
                .getLong(0);
    }
}
