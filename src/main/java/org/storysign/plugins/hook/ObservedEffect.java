package org.storysign.plugins.hook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.storysign.plugins.hook.HandlerExecution.Status;
import org.storysign.plugins.manifest.FailurePolicy;

/** What a handler would have done to its hook, had it not only been observed, as its history keeps it. */
final class ObservedEffect {

    /** Of the JSON text. A longer change is left out, and how long it was is told in its place. */
    static final int LONGEST = 2_000;

    private ObservedEffect() {}

    /**
     * {@code {"status", "changed": <JSON Patch>, "refused"}}: {@code refused} when its failure would have refused the hook;
     * {@code changed_characters} in place of a change that is too long to keep.
     */
    static String of(Status status, JsonNode changed, FailurePolicy onError) {
        ObjectNode effect = JsonNodeFactory.instance.objectNode();
        effect.put("status", status.publicName());
        effect.put("refused", status == Status.FAILED && onError == FailurePolicy.CLOSED);
        int length = changed.toString().length();
        if (length > LONGEST) {
            effect.put("changed_characters", length);
        } else {
            effect.set("changed", changed);
        }
        return effect.toString();
    }
}
