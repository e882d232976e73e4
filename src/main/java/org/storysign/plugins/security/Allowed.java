package org.storysign.plugins.security;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.storysign.plugins.identity.Role;

/**
 * Who may call a resource method: a caller with one of these roles, or an admin. A key that is limited to plugins reaches a method
 * whose path has {@code {plugin_id}} when it names one of them, and otherwise only what is {@link Reach#ANY_KEY}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Allowed {

    Role[] value();

    Reach reach() default Reach.WHOLE_TENANT;

    /** Whether a request without any key passes as well, as nobody: then the method looks itself at what that may have. */
    boolean nobodyToo() default false;

    /** What a method shows or changes when its path names no plugin. */
    enum Reach {
        /** Things of the whole tenant. */
        WHOLE_TENANT,
        /** Nothing of plugins other than the key's own; the method itself looks at that where it must. */
        ANY_KEY
    }
}
