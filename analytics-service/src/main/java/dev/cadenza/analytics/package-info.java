/** What is listened to, by how many, and for how long. */
@NullMarked
package dev.cadenza.analytics;

import org.jspecify.annotations.NullMarked;
