package org.storysign.plugins;

/** The service cannot be started as it was asked to. The message is for the person who started it. */
final class StartRefusedException extends RuntimeException {

    StartRefusedException(String message) {
        super(message, null, false, false);
    }
}
