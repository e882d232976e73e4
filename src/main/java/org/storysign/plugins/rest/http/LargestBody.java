package org.storysign.plugins.rest.http;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The most bytes of body a resource method takes; {@link #DEFAULT_KIB} KiB where it is not said. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface LargestBody {

    int DEFAULT_KIB = 64;

    /** A property of the request, an {@code Integer}: the most bytes, where a filter knows that it is less. */
    String PROPERTY = "storysign.largest-body";

    int kib();
}
