/** The audionova dialect: accounts. */
@NullMarked
package dev.cadenza.auth.api.audionova;

import org.jspecify.annotations.NullMarked;
