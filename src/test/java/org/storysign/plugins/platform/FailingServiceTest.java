package org.storysign.plugins.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.storysign.plugins.kit.TestClock;
import org.storysign.plugins.limits.DataLimits;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.permission.Grants;
import org.storysign.plugins.permission.PermissionName;
import org.storysign.plugins.platform.connect.CircuitTerms;
import org.storysign.plugins.platform.connect.Connectors;
import org.storysign.plugins.platform.connect.Endpoint;
import org.storysign.plugins.platform.memory.InMemoryAnalytics;
import org.storysign.plugins.platform.memory.InMemoryContent;
import org.storysign.plugins.platform.memory.InMemoryNotifications;
import org.storysign.plugins.platform.memory.InMemoryUsers;

/** What a guest sees of a service of the product's that fails: an error it can deal with. It goes on. */
@Timeout(60)
class FailingServiceTest {

    private final TestClock clock = new TestClock();
    private final ServerSocket silent;
    private final Connectors connectors;

    /** Lets anybody in and never says a word. */
    FailingServiceTest() throws IOException {
        silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        connectors = new Connectors(
                Map.of(
                        PlatformService.USERS,
                        new Endpoint(URI.create("http://127.0.0.1:" + silent.getLocalPort()), Optional.empty())),
                CircuitTerms.USUAL);
    }

    @AfterEach
    void close() throws IOException {
        connectors.close();
        silent.close();
    }

    @Test
    void a_service_that_is_slower_than_its_longest_wait_is_an_error_and_the_guest_goes_on() {
        ServiceTerms hasty = PlatformService.USERS.usual().withLongestWait(Duration.ofMillis(100));

        assertThat(guest(hasty).calls("user_get", 2))
                .startsWith(
                        "{\"error\":{\"code\":\"service-timeout\",\"message\":\"the product's service for users did not");
    }

    @Test
    void a_service_that_is_gone_is_an_error_and_the_guest_goes_on() throws IOException {
        silent.close();

        assertThat(guest(PlatformService.USERS.usual()).calls("user_get", 2))
                .isEqualTo("{\"error\":{\"code\":\"service-unavailable\","
                        + "\"message\":\"the product's service for users could not be reached\"}}");
    }

    @Test
    void the_services_that_are_kept_here_go_on() {
        assertThat(guest(PlatformService.USERS.usual()).calls("content_list", 1))
                .startsWith("{\"ok\":");
    }

    private PlatformGuest guest(ServiceTerms users) {
        InMemoryNotifications notifications = new InMemoryNotifications();
        PlatformServices services = connectors.over(new PlatformServices(
                new InMemoryKeyValueStore(clock),
                new InMemoryUsers(),
                new InMemoryContent(clock),
                new InMemoryAnalytics(clock),
                notifications,
                notifications));
        GateKeeping keeping =
                new GateKeeping(Map.of(PlatformService.USERS, users), new InMemoryQuotaLedger(), clock, answer -> {});
        return new PlatformGuest(
                        new PlatformGate(services.functions(), services.functions(), keeping),
                        Grants.of(PermissionName.READ_USER_DATA),
                        new DataLimits(MemorySize.ZERO, 0),
                        Optional.empty())
                .onBehalfOf("anna");
    }
}
