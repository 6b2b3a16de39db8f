/** Facts of job queues, version 1: fields may be added, never changed or removed. */
@NullMarked
package dev.cadenza.contracts.jobs.v1;

import org.jspecify.annotations.NullMarked;
