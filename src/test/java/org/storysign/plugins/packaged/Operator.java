package org.storysign.plugins.packaged;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.kit.Guests;
import org.storysign.plugins.kit.Wat;

/**
 * Brings plugins to one process, turns them on, off and away, a step after the other, and keeps its own book of what was
 * answered; it stops when the process does.
 */
final class Operator implements Runnable {

    static final String ABSENT = "absent";

    /** What of a plugin is looked at beside its state. */
    static final String CONFIG = " config";

    static final String DATA = " data";
    static final String RELEASES = " releases";
    static final String VERSION = " version";
    static final List<String> PARTS = List.of(CONFIG, DATA, RELEASES, VERSION);

    static final String ANSWER = "here";

    private static final String INSTALLED = "installed";
    private static final String ENABLED = "enabled";
    private static final String DISABLED = "disabled";

    /** Takes its time to start, so that a process can die while it enables. */
    private static final byte[] MODULE = Wat.assemble(Guests.answering(ANSWER).replace("(memory", """
            (func (export "initialize") (result i32)
              (local $i i32)
              (loop $again
                (local.set $i (i32.add (local.get $i) (i32.const 1)))
                (br_if $again (i32.lt_u (local.get $i) (i32.const 200000))))
              (i32.const 0))
            (memory"""));

    /**
     * What the book says of one plugin.
     *
     * @param acknowledged the state that the last answer promised
     * @param attempted the state that a request without an answer would lead to
     */
    record Page(String acknowledged, Optional<String> attempted) {

        /** In which states it may be found afterwards: nothing acknowledged is lost, nothing is half done. */
        Set<String> possible() {
            return attempted
                    .map(state -> state.equals(ENABLED)
                            ? Set.of(acknowledged, state, "enabling")
                            : Set.of(acknowledged, state))
                    .orElse(Set.of(acknowledged));
        }
    }

    private final Client client;
    private final String name;
    private final Map<String, Page> book = new ConcurrentHashMap<>();
    private final AtomicInteger answers = new AtomicInteger();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private volatile @Nullable String complaint;

    Operator(Client client, String name) {
        this.client = client;
        this.name = name;
    }

    @Override
    public void run() {
        try {
            for (int number = 0; !stopped.get(); number++) {
                live(name + "-" + number, number);
            }
        } catch (UncheckedIOException e) {
            stopped.set(true);
        }
    }

    /** It ends after the step it is at. */
    void stop() {
        stopped.set(true);
    }

    /** What was answered to each plugin's last step. */
    Map<String, Page> book() {
        return Map.copyOf(book);
    }

    /** How many steps were acknowledged. */
    int answers() {
        return answers.get();
    }

    /** An answer that was neither a success nor silence. */
    Optional<String> complaint() {
        return Optional.ofNullable(complaint);
    }

    static Client.Answer install(Client client, String id) {
        return client.install(manifest(id, "1.0.0"), module(id));
    }

    private void live(String id, int number) {
        step(id, INSTALLED, () -> install(client, id));
        step(
                id + CONFIG,
                "{\"n\":" + number + "}",
                () -> client.put("/" + id + "/config", "\"1\"", "{\"n\": " + number + "}"));
        step(id, ENABLED, () -> client.enable(id));
        if (number % 2 > 0) {
            step(id + DATA, Integer.toString(number), () -> client.put("/" + id + "/data/kept", "" + number));
            upgrade(id);
        }
        if (number % 3 > 0) {
            step(id, DISABLED, () -> client.disable(id));
        }
        if (number % 3 > 1) {
            step(id, ABSENT, () -> client.delete("/" + id));
        }
    }

    /** A second release is brought and takes the first one's place while that serves. */
    private void upgrade(String id) {
        step(id + RELEASES, "2", () -> client.install(manifest(id, "2.0.0"), module(id + "-2")));
        String etag = stopped.get() ? "" : client.get("/" + id).etag();
        step(id + VERSION, "2.0.0", () -> client.put("/" + id + "/active-release", etag, "{\"version\": \"2.0.0\"}"));
    }

    private void step(String what, String to, Supplier<Client.Answer> request) {
        if (stopped.get()) {
            return;
        }
        String from = page(what).acknowledged();
        book.put(what, new Page(from, Optional.of(to)));
        Client.Answer answer = request.get();
        if (answer.status() >= 300) {
            if (answer.status() < 500) {
                complaint = what + " to " + to + ": " + answer.status() + " " + answer.body();
            }
            // 5xx: whether it was done is not known, as when there is no answer at all.
            stopped.set(true);
            return;
        }
        book.put(what, new Page(to, Optional.empty()));
        answers.incrementAndGet();
        if (to.equals(ABSENT)) {
            PARTS.forEach(
                    part -> book.computeIfPresent(what + part, (key, page) -> new Page(ABSENT, Optional.empty())));
        }
    }

    private Page page(String what) {
        return book.getOrDefault(what, new Page(ABSENT, Optional.empty()));
    }

    /** In which states a plugin or a part of it may be found. */
    Set<String> possible(String what) {
        Set<String> possible = new TreeSet<>(page(what).possible());
        int part = what.indexOf(' ');
        if (part > 0 && page(what.substring(0, part)).possible().contains(ABSENT)) {
            possible.add(ABSENT);
        }
        return possible;
    }

    private static String manifest(String id, String version) {
        return """
                {"manifest_version": 1, "id": "%s", "name": "Crash", "version": "%s", "description": "Is there or is not",
                 "author": "The tests", "entry_point": "plugin.wasm", "lifecycle": {"initialize": "initialize"},
                 "config_schema": {"type": "object", "properties": {"n": {"type": "integer"}}}}""".formatted(id, version);
    }

    /** Its own content, so that its artifact is its own. */
    private static byte[] module(String id) {
        byte[] note = id.getBytes(StandardCharsets.UTF_8);
        byte[] named = new byte[MODULE.length + note.length + 4];
        System.arraycopy(MODULE, 0, named, 0, MODULE.length);
        named[MODULE.length] = 0;
        named[MODULE.length + 1] = (byte) (note.length + 2);
        named[MODULE.length + 2] = 1;
        named[MODULE.length + 3] = 'n';
        System.arraycopy(note, 0, named, MODULE.length + 4, note.length);
        return named;
    }
}
