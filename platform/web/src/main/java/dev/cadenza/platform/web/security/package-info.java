/** Who calls: tokens of two issuers, their audience, and the caller as a controller parameter. */
@NullMarked
package dev.cadenza.platform.web.security;

import org.jspecify.annotations.NullMarked;
