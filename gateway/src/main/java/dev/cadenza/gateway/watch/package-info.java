/** What an operator sees of the requests that pass: access log, metrics, and events for the audit. */
@NullMarked
package dev.cadenza.gateway.watch;

import org.jspecify.annotations.NullMarked;
