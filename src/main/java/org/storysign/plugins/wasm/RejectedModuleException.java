package org.storysign.plugins.wasm;

/**
 * Well-formed bytes that are not accepted here: thrown by readers inside this room and turned into the problem
 * {@code module-rejected} at its border.
 */
final class RejectedModuleException extends RuntimeException {

    private final String rule;
    private final String where;

    /**
     * @param rule the rule's public name, kebab-case
     * @param where the place in the module's own terms; guest text in it is quoted
     * @param message what was found, what was expected and what the author can change
     */
    RejectedModuleException(String rule, String where, String message) {
        super(message, null, false, false);
        this.rule = rule;
        this.where = where;
    }

    String rule() {
        return rule;
    }

    String where() {
        return where;
    }
}
