package org.storysign.plugins.platform;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a platform function belongs to. Each service has terms of its own, so that one that is slow or asked too much stays alone. */
public enum PlatformService {
    STORAGE(new ServiceTerms(Duration.ofSeconds(2), 32, 10_000, 10_000_000)),
    USERS(new ServiceTerms(Duration.ofSeconds(3), 16, 200, 1_000_000)),
    CONTENT(new ServiceTerms(Duration.ofSeconds(3), 16, 200, 1_000_000)),
    ANALYTICS(new ServiceTerms(Duration.ofSeconds(2), 16, 200, 1_000_000)),
    AI(new ServiceTerms(Duration.ofSeconds(30), 8, 5, 1_000)),
    LIVE(new ServiceTerms(Duration.ofSeconds(2), 16, 100, 100_000)),
    NOTIFICATIONS(new ServiceTerms(Duration.ofSeconds(2), 16, 20, 10_000)),
    HOOKS(new ServiceTerms(Duration.ofSeconds(2), 16, 10, 100_000)),
    /** The plugin's own directory, through WASI. */
    FILES(new ServiceTerms(Duration.ofSeconds(2), 16, 1_000, 1_000_000)),
    /** {@code http_request} of the calling convention; its number a call is a limit of the security level. */
    HTTP(new ServiceTerms(Duration.ofSeconds(30), 16, 10_000, 100_000));

    private final ServiceTerms usual;

    PlatformService(ServiceTerms usual) {
        this.usual = usual;
    }

    /** The terms when the operator says nothing else. */
    public ServiceTerms usual() {
        return usual;
    }

    /** The service that settings call so. */
    public static Optional<PlatformService> parse(String publicName) {
        return Arrays.stream(values())
                .filter(service -> service.publicName().equals(publicName))
                .findFirst();
    }

    /** As settings, metrics and messages name it, such as {@code storage}. */
    public String publicName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
