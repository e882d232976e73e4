package org.storysign.plugins.platform;

import java.util.List;
import java.util.stream.Stream;

/**
 * What stands behind the functions that guests are offered. What is kept in PostgreSQL fails with {@code database-unavailable}; what the
 * product's own service keeps ({@code platform.connect}) with {@code service-unavailable}, {@code service-timeout} and
 * {@code service-busy}, and with {@code data-invalid} for what that service does not take.
 */
public record PlatformServices(
        KeyValueStore storage,
        UserDirectory users,
        ContentLibrary content,
        AnalyticsLog analytics,
        Notifications notifications,
        Toasts toasts) {

    /** To be registered with the {@link PlatformGate}. */
    public List<PlatformFunction> functions() {
        return Stream.of(
                        new StorageFunctions(storage).all(),
                        new ProfileFunctions(users).all(),
                        new ContentFunctions(content).all(),
                        new AnalyticsFunctions(analytics, AnalyticsLog.MOST_A_DAY).all(),
                        new NotificationFunctions(notifications, toasts).all())
                .flatMap(List::stream)
                .toList();
    }
}
