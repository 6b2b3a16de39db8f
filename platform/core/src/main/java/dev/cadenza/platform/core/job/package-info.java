/** The life of a job that a worker pulls from a topic, as a value: embedded in the aggregate that asked for it. */
@NullMarked
package dev.cadenza.platform.core.job;

import org.jspecify.annotations.NullMarked;
