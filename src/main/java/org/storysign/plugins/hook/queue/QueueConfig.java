package org.storysign.plugins.hook.queue;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What an operator sets about hooks that are handled later. */
@ConfigMapping(prefix = QueueConfig.PREFIX)
public interface QueueConfig {

    /** What stands before their names. */
    String PREFIX = "storysign.queue";

    /** Events this process handles at the same time; 0 when it shall handle none. */
    @WithDefault("4")
    int parallel();

    /** How often a process looks, should a notification have been lost. */
    @WithDefault("1s")
    Duration pollInterval();

    /** How long an event is a worker's. More than a hook's longest deadline (5 s); a dead process's events wait that long. */
    @WithDefault("30s")
    Duration lease();

    /** How often an event is tried before it is a dead letter; with these pauses for eight minutes. */
    @WithDefault("10")
    int attempts();

    /** Pause after the first failure; it doubles with each. */
    @WithDefault("1s")
    Duration firstPause();

    /** The pause doubles up to this. */
    @WithDefault("5m")
    Duration longestPause();

    /** How long a finished event can still be asked for. */
    @WithDefault("1h")
    Duration keepDone();

    /** How long a dead letter waits for a person. */
    @WithDefault("14d")
    Duration keepDead();

    /** Events that one plugin may have which are not done; dead letters count, so that it cannot pile them up. */
    @WithDefault("1000")
    int mostOfPlugin();

    /** Events of one tenant that may wait or be in work. */
    @WithDefault("10000")
    int mostOfTenant();

    /** Emitted hooks that may lead to one another. */
    @WithDefault("8")
    int deepest();

    /** Largest event, in KiB of JSON. */
    @WithDefault("256")
    int largestKib();
}
