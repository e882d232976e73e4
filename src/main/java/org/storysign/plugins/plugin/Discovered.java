package org.storysign.plugins.plugin;

import java.util.Optional;
import org.storysign.plugins.problem.ProblemException;

/**
 * What became of one folder that was looked at.
 *
 * @param folder its name
 * @param status how far it came
 * @param plugin the plugin in it, when it was installed now or before
 * @param problem why it did not come further
 */
public record Discovered(String folder, Status status, Optional<Plugin> plugin, Optional<ProblemException> problem) {

    /** How far a folder came. */
    public enum Status {
        /** It serves now, or did before. */
        ENABLED,
        /** It is installed; an operator decides about the rest. */
        INSTALLED,
        /** It is installed and asks for something an operator must give or agree to. */
        WAITS_FOR_OPERATOR,
        /** Its files changed, its version did not: the stored content stays. */
        CHANGED_WITHOUT_NEW_VERSION,
        /** It could not be installed or enabled. */
        REFUSED
    }

    static Discovered of(String folder, Status status, Plugin plugin) {
        return new Discovered(folder, status, Optional.of(plugin), Optional.empty());
    }

    Discovered because(ProblemException reason) {
        return new Discovered(folder, status, plugin, Optional.of(reason));
    }
}
