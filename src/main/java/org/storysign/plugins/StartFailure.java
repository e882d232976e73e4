package org.storysign.plugins;

import java.net.BindException;
import java.util.Optional;
import org.storysign.plugins.problem.BadSettingException;
import org.storysign.plugins.storage.DatabaseStartFaults;

/** What a person who starts the service is told when it could not start, for the reasons that happen. */
final class StartFailure {

    private StartFailure() {}

    /** A sentence, unless nobody foresaw this failure: then the stack trace is needed. */
    static Optional<String> explain(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof StartRefusedException refused) {
                return Optional.ofNullable(refused.getMessage());
            }
            if (cause instanceof BadSettingException setting) {
                return Optional.ofNullable(setting.getMessage());
            }
            if (cause instanceof BindException taken) {
                return Optional.of("The address to listen on is taken (" + taken.getMessage()
                        + "). Stop the other program, or choose another port with --port or QUARKUS_HTTP_PORT.");
            }
        }
        return DatabaseStartFaults.explain(failure);
    }
}
