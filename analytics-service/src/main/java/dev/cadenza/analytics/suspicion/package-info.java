/** Finds what an administrator should look at in the audit log. */
@NullMarked
package dev.cadenza.analytics.suspicion;

import org.jspecify.annotations.NullMarked;
