/** Wiring of the social service. */
@NullMarked
package dev.cadenza.social.config;

import org.jspecify.annotations.NullMarked;
