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
import org.storysign.plugins.platform.PlatformService;
import org.storysign.plugins.platform.ServiceTerms;
import org.storysign.plugins.problem.BadSettingException;

/** What the operator says of the platform's services, such as {@code storysign.services.ai.calls-a-day=200}. */
@ConfigMapping(prefix = "storysign")
interface ServicesConfig {

    String PREFIX = "storysign.services.";
    String NAMES = Arrays.stream(PlatformService.values())
            .map(PlatformService::publicName)
            .collect(Collectors.joining(", "));

    /** By the service's name. */
    Map<String, Terms> services();

    /** What is not said stays as usual. */
    interface Terms {
        Optional<Duration> longestWait();

        OptionalInt atOnce();

        OptionalInt callsACall();

        OptionalLong callsADay();

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
            PlatformService service = PlatformService.parse(name)
                    .orElseThrow(() -> new BadSettingException(PREFIX + name, name, "one of " + NAMES));
            all.put(service, BadSettingException.below(PREFIX + name, () -> terms.over(service.usual())));
        });
        return all;
    }
}
