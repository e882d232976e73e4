package org.storysign.plugins.rest.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.mutiny.Uni;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.cluster.LiveFeed;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.identity.UserId;
import org.storysign.plugins.kit.TestClock;
import org.storysign.plugins.platform.LiveMessage;
import org.storysign.plugins.security.UserToken;

class LiveConnectionsTest {

    private static final PluginId NOTES = new PluginId("notes");
    private static final String LARGE = "\"" + "x".repeat(LiveMessage.LARGEST_PAYLOAD - 2) + "\"";

    private final TestClock clock = new TestClock();
    private final LiveConnections connections = new LiveConnections(settings(), clock, new SimpleMeterRegistry());

    @Test
    void who_takes_what_it_is_sent_hears_everything_however_much_it_is() {
        Page page = connect("ada", Set.of());
        page.takes = true;

        broadcast(LARGE, 1_000);

        assertThat(page.sent).hasSize(1_000);
        assertThat(page.closed).isEmpty();
    }

    @Test
    void who_takes_nothing_is_closed_when_so_much_is_on_its_way_and_hears_nothing_more() {
        Page page = connect("ada", Set.of());

        broadcast(LARGE, 1_000);

        assertThat(page.closed).containsExactly(LiveClose.TOO_SLOW);
        assertThat(page.sent.stream().mapToLong(String::length).sum()).isLessThanOrEqualTo(LiveClient.MOST_PENDING);
    }

    @Test
    void all_of_a_process_together_have_no_more_on_their_way_than_that() {
        List<Page> pages = IntStream.range(0, 90)
                .mapToObj(user -> connect("user-" + user, Set.of()))
                .toList();

        broadcast(LARGE, 100);

        assertThat(pages.stream()
                        .flatMap(page -> page.sent.stream())
                        .mapToLong(String::length)
                        .sum())
                .isLessThanOrEqualTo(LiveClient.MOST_OF_ALL);
        assertThat(pages).anyMatch(page -> page.closed.contains(LiveClose.TOO_SLOW));
    }

    @Test
    void a_connection_ends_when_it_has_lasted_as_long_as_any_may() {
        Page page = connect("ada", Set.of());
        clock.advance(Duration.ofMinutes(14));
        connections.closeTheOld();
        assertThat(page.closed).isEmpty();

        clock.advance(Duration.ofMinutes(2));
        connections.closeTheOld();

        assertThat(page.closed).containsExactly(LiveClose.ENDED);
    }

    @Test
    void a_process_and_a_user_have_so_many_connections_and_no_more() {
        connect("ada", Set.of());
        connect("ada", Set.of());
        assertThat(connect("ada", Set.of()).closed).as("of a user").containsExactly(LiveClose.TOO_MANY);

        for (int user = 0; user < 98; user++) {
            assertThat(connect("user-" + user, Set.of()).closed).isEmpty();
        }
        assertThat(connect("late", Set.of()).closed).as("of the process").containsExactly(LiveClose.TOO_MANY);
    }

    @Test
    void a_token_for_some_plugins_hears_no_others() {
        Page all = connect("ada", Set.of());
        Page some = connect("ben", Set.of(new PluginId("sketches")));
        Page its = connect("eve", Set.of(NOTES));

        broadcast("1", 1);

        assertThat(all.sent).hasSize(1);
        assertThat(some.sent).isEmpty();
        assertThat(its.sent).hasSize(1);
    }

    private void broadcast(String payload, int times) {
        for (int sequence = 0; sequence < times; sequence++) {
            LiveMessage message = new LiveMessage(
                    UUID.randomUUID(), TenantId.DEFAULT, NOTES, Optional.empty(), Optional.of("news"), payload);
            connections.deliver(new LiveFeed.Entry(sequence, clock.instant(), message));
        }
    }

    private Page connect(String user, Set<PluginId> plugins) {
        Page page = new Page();
        UserToken token = new UserToken(TenantId.DEFAULT, new UserId(user), plugins, List.of("news"), Optional.empty());
        connections.add(page.connection(), token).await().indefinitely();
        return page;
    }

    private static LiveSettings settings() {
        return new LiveSettings() {
            @Override
            public Optional<Set<String>> allowedOrigins() {
                return Optional.empty();
            }

            @Override
            public Duration longest() {
                return Duration.ofMinutes(15);
            }

            @Override
            public int mostConnections() {
                return 100;
            }

            @Override
            public int mostConnectionsOfUser() {
                return 2;
            }
        };
    }

    /** The far end of a connection: takes what it is sent at once, or never. */
    private static final class Page {

        private final String id = UUID.randomUUID().toString();
        private final List<String> sent = new ArrayList<>();
        private final List<CloseReason> closed = new ArrayList<>();
        private boolean takes;

        WebSocketConnection connection() {
            return (WebSocketConnection) Proxy.newProxyInstance(
                    Page.class.getClassLoader(),
                    new Class<?>[] {WebSocketConnection.class},
                    (proxy, method, arguments) -> switch (method.getName()) {
                        case "id" -> id;
                        case "isClosed" -> false;
                        case "sendText" -> send((String) arguments[0]);
                        case "close" -> close((CloseReason) arguments[0]);
                        default -> throw new UnsupportedOperationException(method.getName());
                    });
        }

        private Uni<Void> send(String text) {
            sent.add(text);
            return takes ? Uni.createFrom().voidItem() : Uni.createFrom().nothing();
        }

        private Uni<Void> close(CloseReason reason) {
            closed.add(reason);
            return Uni.createFrom().voidItem();
        }
    }
}
