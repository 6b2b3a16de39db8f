/** Stores the audit log. */
@NullMarked
package dev.cadenza.analytics.audit.persistence;

import org.jspecify.annotations.NullMarked;
