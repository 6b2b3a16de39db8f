/** What files tell others, and what workers tell about their jobs. */
@NullMarked
package dev.cadenza.processing.file.messaging;

import org.jspecify.annotations.NullMarked;
