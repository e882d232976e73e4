package org.storysign.plugins.manifest;

import java.util.Optional;

/** The exports that are called at turns of a plugin's life. */
public record Lifecycle(Optional<String> initialize, Optional<String> cleanup, Optional<String> status) {

    public static final Lifecycle NONE = new Lifecycle(Optional.empty(), Optional.empty(), Optional.empty());
}
