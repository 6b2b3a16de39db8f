package dev.cadenza.e2e;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The documented endpoints that a test is a case of, as {@code <dialect> <METHOD> <path>}. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface Row {
    /** The endpoints. */
    String[] value();
}
