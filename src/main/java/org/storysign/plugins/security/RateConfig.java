package org.storysign.plugins.security;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import org.storysign.plugins.problem.BadSettingException;

/** How often who may ask, in each process. A burst that is used up comes back evenly. */
@ConfigMapping(prefix = RateConfig.PREFIX)
public interface RateConfig {

    /** What stands before their names. */
    String PREFIX = "storysign.rate-limit";

    /** For a product that limits before us. */
    @WithDefault("true")
    boolean enabled();

    /** An API key, or a subject of the identity provider: a product's server. */
    Callers callers();

    /** A user of the product, by all of their tokens. */
    Users users();

    /** An address without a key. */
    Addresses addresses();

    /** An address with keys that are not valid. */
    Failures failures();

    /** More than one process can serve: whoever comes here often is a product, not an attack. */
    interface Callers extends Rate {
        @Override
        @WithDefault("5000")
        int perSecond();

        @Override
        @WithDefault("20000")
        int burst();
    }

    /** A page asks for dozens of things at once, then seldom. */
    interface Users extends Rate {
        @Override
        @WithDefault("50")
        int perSecond();

        @Override
        @WithDefault("500")
        int burst();
    }

    /** Many users may come from one address: files of plugins' pages are fetched without a key. */
    interface Addresses extends Rate {
        @Override
        @WithDefault("200")
        int perSecond();

        @Override
        @WithDefault("2000")
        int burst();
    }

    /** Honest software stops when it is refused. */
    interface Failures extends Rate {
        @Override
        @WithDefault("10")
        int perSecond();

        @Override
        @WithDefault("200")
        int burst();
    }

    /** So many at once, and so many more every second. */
    interface Rate {
        int perSecond();

        int burst();
    }

    /** Fails with {@code BadSettingException}. */
    default RequestRates.Terms terms() {
        return new RequestRates.Terms(
                enabled(),
                rate("callers", callers()),
                rate("users", users()),
                rate("addresses", addresses()),
                rate("failures", failures()));
    }

    private static RequestRates.Rate rate(String name, Rate rate) {
        return BadSettingException.below(
                PREFIX + "." + name, () -> new RequestRates.Rate(rate.perSecond(), rate.burst()));
    }
}
