package org.storysign.plugins.cli;

/** The command cannot do what it was asked; the message tells the person why. */
final class CommandMisused extends RuntimeException {

    CommandMisused(String message) {
        super(message, null, false, false);
    }
}
