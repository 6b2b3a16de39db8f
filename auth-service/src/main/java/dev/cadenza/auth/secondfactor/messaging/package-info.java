/** What others hear of second factors. */
@NullMarked
package dev.cadenza.auth.secondfactor.messaging;

import org.jspecify.annotations.NullMarked;
