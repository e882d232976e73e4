package org.storysign.plugins.packaged;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Sends hooks to be handled later to one process and keeps its own book of the ids that were acknowledged; it stops when the process does. */
final class EventSender implements Runnable {

    private final Client client;
    private final String hook;
    private final List<String> acknowledged = new CopyOnWriteArrayList<>();
    private volatile boolean stopped;
    private volatile @Nullable String complaint;

    EventSender(Client client, String hook) {
        this.client = client;
        this.hook = hook;
    }

    @Override
    public void run() {
        try {
            while (!stopped) {
                send();
            }
        } catch (UncheckedIOException e) {
            stopped = true;
        }
    }

    void stop() {
        stopped = true;
    }

    List<String> acknowledged() {
        return List.copyOf(acknowledged);
    }

    /** An answer that was neither an acknowledgement nor silence. */
    Optional<String> complaint() {
        return Optional.ofNullable(complaint);
    }

    private void send() {
        Client.Answer answer =
                client.post("/hooks/" + hook + "?async=true", "{\"type\": \"after\", \"deadline_ms\": 5000}");
        if (answer.status() == 202) {
            acknowledged.add(answer.json().path("event_id").asText());
        } else {
            complaint = answer.status() + " " + answer.body();
            stopped = true;
        }
    }
}
