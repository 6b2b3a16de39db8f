/** What is listened to, by how many, and for how long; and who did what. */
@NullMarked
package dev.cadenza.analytics;

import org.jspecify.annotations.NullMarked;
