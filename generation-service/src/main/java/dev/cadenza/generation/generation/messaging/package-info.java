/** What generations tell others, and what workers are told and tell about their jobs. */
@NullMarked
package dev.cadenza.generation.generation.messaging;

import org.jspecify.annotations.NullMarked;
