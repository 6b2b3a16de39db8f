/** Jobs that workers pull from a topic: released by user in turn, fenced by attempt, reported back over another. */
@NullMarked
package dev.cadenza.platform.jobs;

import org.jspecify.annotations.NullMarked;
