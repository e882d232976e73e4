package org.storysign.plugins.problem;

import java.util.function.Supplier;

/** A setting that makes no sense. The message names it and says what was found and expected; the service does not start. */
public final class BadSettingException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    /**
     * @param setting its name, such as {@code storysign.ai.text.url}
     * @param found what it is set to
     * @param expected what it may be, such as {@code an http or https address}
     */
    public BadSettingException(String setting, Object found, String expected) {
        super("The setting " + setting + " is `" + found + "`, expected " + expected + ".");
    }

    private BadSettingException(String message) {
        super(message);
    }

    /** Makes something of the settings below {@code prefix}; what does not fit together is said to be theirs. */
    public static <T> T below(String prefix, Supplier<T> make) {
        try {
            return make.get();
        } catch (BadSettingException told) {
            throw told;
        } catch (IllegalArgumentException unfit) {
            throw new BadSettingException("The settings below " + prefix + " do not fit: " + unfit.getMessage() + ".");
        }
    }
}
