/** HTTP for every service: errors in the dialect of the path, request ids, envelopes, uploads. */
@NullMarked
package dev.cadenza.platform.web;

import org.jspecify.annotations.NullMarked;
