package org.storysign.plugins.kit;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Where the tested service may bring packages from: places on the loopback address, at each of which a test may start a server. Quarkus
 * loads this class anew for each start of the service, so the ports are remembered in system properties.
 */
public final class TestSources implements QuarkusTestResourceLifecycleManager {

    /** What opens {@link Place#LOCKED_REGISTRY}; its name in requests is {@code team}. */
    public static final String USERNAME = "team";

    public static final String PASSWORD = "s3cret-canary";

    private static final String PREFIX = "storysign.sources.";

    /** One port each. */
    public enum Place {
        FILES,
        REGISTRY,
        LOCKED_REGISTRY,
        /** Of which the service knows nothing. */
        UNLISTED;

        public int port() {
            String property = "kit.sources." + name().toLowerCase(Locale.ROOT);
            synchronized (System.class) {
                if (System.getProperty(property) == null) {
                    System.setProperty(property, Integer.toString(free()));
                }
                return Integer.getInteger(property);
            }
        }

        /** As a URL has it. */
        public String authority() {
            return "localhost:" + port();
        }
    }

    @Override
    public Map<String, String> start() {
        String all = Arrays.stream(Place.values())
                .filter(place -> place != Place.UNLISTED)
                .map(Place::authority)
                .collect(Collectors.joining(","));
        Map<String, String> settings = new HashMap<>();
        settings.put(PREFIX + "hosts", Place.FILES.authority());
        settings.put(PREFIX + "registries", Place.REGISTRY.authority() + "," + Place.LOCKED_REGISTRY.authority());
        settings.put(PREFIX + "private-hosts", all);
        settings.put(PREFIX + "plain-hosts", all);
        settings.put(PREFIX + "directory", "wasm-plugins");
        settings.put(PREFIX + "credentials.team.registry", Place.LOCKED_REGISTRY.authority());
        settings.put(PREFIX + "credentials.team.username", USERNAME);
        settings.put(PREFIX + "credentials.team.password", PASSWORD);
        settings.put(PREFIX + "credentials.wrong.registry", Place.LOCKED_REGISTRY.authority());
        settings.put(PREFIX + "credentials.wrong.username", USERNAME);
        settings.put(PREFIX + "credentials.wrong.password", "of-yesterday");
        return settings;
    }

    @Override
    public void stop() {}

    private static int free() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
