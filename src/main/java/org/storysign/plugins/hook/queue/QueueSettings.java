package org.storysign.plugins.hook.queue;

import java.time.Duration;
import org.storysign.plugins.hook.HookCall;
import org.storysign.plugins.problem.BadSettingException;

/**
 * How a process handles events.
 *
 * @param parallel events at the same time; 0 for none
 * @param poll how often it looks without being told
 * @param lease longer than any chain may take
 * @param attempts before an event is a dead letter
 */
public record QueueSettings(int parallel, Duration poll, Duration lease, int attempts, Backoff backoff) {

    public QueueSettings {
        if (parallel < 0 || attempts < 1 || poll.isNegative() || poll.isZero()) {
            throw new IllegalArgumentException(
                    "the queue needs at least 0 parallel events, 1 attempt and a poll interval");
        }
        if (lease.compareTo(HookCall.LONGEST) <= 0) {
            throw new IllegalArgumentException("the queue's lease is " + lease.toMillis()
                    + " ms, expected more than the longest deadline of a hook, " + HookCall.LONGEST.toMillis() + " ms");
        }
    }

    static QueueSettings of(QueueConfig config) {
        return BadSettingException.below(
                QueueConfig.PREFIX,
                () -> new QueueSettings(
                        config.parallel(),
                        config.pollInterval(),
                        config.lease(),
                        config.attempts(),
                        new Backoff(config.firstPause(), config.longestPause())));
    }
}
