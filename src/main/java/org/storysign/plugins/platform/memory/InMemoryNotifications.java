package org.storysign.plugins.platform.memory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.storysign.plugins.platform.DataOwner;
import org.storysign.plugins.platform.Notice;
import org.storysign.plugins.platform.Notifications;
import org.storysign.plugins.platform.Toasts;

/** What users were told, in a list. Safe for concurrent use. */
public final class InMemoryNotifications implements Notifications, Toasts {

    private final List<Told> told = new ArrayList<>();
    private long last;

    /** Something one user was told by one plugin. */
    public record Told(DataOwner to, Kind kind, Notice notice) {}

    /** How. */
    public enum Kind {
        NOTICE,
        TOAST
    }

    /** The oldest first. */
    public synchronized List<Told> told() {
        return List.copyOf(told);
    }

    @Override
    public synchronized long send(DataOwner to, Notice notice, Duration timeout) {
        keep(new Told(to, Kind.NOTICE, notice), Notifications.MOST);
        return ++last;
    }

    @Override
    public synchronized void show(DataOwner to, Notice toast, Duration timeout) {
        keep(new Told(to, Kind.TOAST, toast), Toasts.MOST);
    }

    private void keep(Told added, int most) {
        told.add(added);
        List<Told> alike = told.stream()
                .filter(other -> other.to.equals(added.to) && other.kind == added.kind)
                .toList();
        if (alike.size() > most) {
            told.remove(alike.getFirst());
        }
    }
}
