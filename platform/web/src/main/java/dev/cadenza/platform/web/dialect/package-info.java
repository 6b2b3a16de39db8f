/** How each of the five published APIs words its errors, chosen by path. */
@NullMarked
package dev.cadenza.platform.web.dialect;

import org.jspecify.annotations.NullMarked;
