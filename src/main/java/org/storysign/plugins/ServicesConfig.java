package org.storysign.plugins;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.storysign.plugins.platform.PlatformService;
import org.storysign.plugins.platform.ServiceTerms;
import org.storysign.plugins.platform.connect.Connectors;
import org.storysign.plugins.platform.connect.Endpoint;
import org.storysign.plugins.problem.BadSettingException;

/** What the operator says of the platform's services, such as {@code storysign.services.ai.calls-a-day=200}, and where the product keeps its own. */
@ConfigMapping(prefix = "storysign")
interface ServicesConfig {

    String PREFIX = "storysign.services.";
    String NAMES = names(Arrays.stream(PlatformService.values()));
    String CONNECTORS = names(Connectors.POSSIBLE.stream().sorted());

    /** By the service's name. */
    Map<String, Terms> services();

    /** What is not said stays as usual. */
    interface Terms {
        Optional<Duration> longestWait();

        OptionalInt atOnce();

        OptionalInt callsACall();

        OptionalLong callsADay();

        /** Where the product's own service is, which keeps the contract of that name in {@code deploy/connectors}. */
        Optional<String> url();

        /** Sent there as bearer token. */
        Optional<String> key();

        default ServiceTerms over(ServiceTerms usual) {
            return new ServiceTerms(
                    longestWait().orElse(usual.longestWait()),
                    atOnce().orElse(usual.atOnce()),
                    callsACall().orElse(usual.callsACall()),
                    callsADay().orElse(usual.callsADay()));
        }
    }

    /** Fails with {@code BadSettingException}, naming a service that does not exist or terms that make no sense. */
    default Map<PlatformService, ServiceTerms> terms() {
        Map<PlatformService, ServiceTerms> all = new EnumMap<>(PlatformService.class);
        services().forEach((name, terms) -> {
            PlatformService service = service(name);
            all.put(service, BadSettingException.below(PREFIX + name, () -> terms.over(service.usual())));
        });
        return all;
    }

    /** Fails with {@code BadSettingException}; also when there is no contract for the service, or a key but no address. */
    default Map<PlatformService, Endpoint> endpoints() {
        Map<PlatformService, Endpoint> all = new EnumMap<>(PlatformService.class);
        services().forEach((name, terms) -> {
            PlatformService service = service(name);
            if (terms.url().isEmpty() && terms.key().isEmpty()) {
                return;
            }
            if (!Connectors.POSSIBLE.contains(service)) {
                throw new BadSettingException(PREFIX + name, name, "for url and key one of " + CONNECTORS);
            }
            String url = terms.url()
                    .orElseThrow(() -> new BadSettingException(
                            PREFIX + name + ".url", "", "the address that " + PREFIX + name + ".key is for"));
            all.put(service, BadSettingException.below(PREFIX + name, () -> Endpoint.parse(url, terms.key())));
        });
        return all;
    }

    private static String names(Stream<PlatformService> services) {
        return services.map(PlatformService::publicName).collect(Collectors.joining(", "));
    }

    private static PlatformService service(String name) {
        return PlatformService.parse(name)
                .orElseThrow(() -> new BadSettingException(PREFIX + name, name, "one of " + NAMES));
    }
}
