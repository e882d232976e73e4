package org.storysign.plugins.platform.sdk;

/** What a member holds, as {@link org.storysign.plugins.platform.FunctionDescription.Member#type()} writes it. */
sealed interface MemberType {

    /** What JSON has of its own. */
    enum Plain implements MemberType {
        STRING,
        INTEGER,
        NUMBER,
        BOOLEAN,
        OBJECT,
        ANY
    }

    record ListOf(MemberType element) implements MemberType {}

    /** A {@link org.storysign.plugins.platform.FunctionDescription.Shape} by its name. */
    record Named(String shape) implements MemberType {}

    String ARRAY_OF = "array of ";

    static MemberType parse(String text) {
        if (text.startsWith(ARRAY_OF)) {
            return new ListOf(parse(text.substring(ARRAY_OF.length())));
        }
        return Character.isUpperCase(text.charAt(0)) ? new Named(text) : Plain.valueOf(text.toUpperCase());
    }
}
