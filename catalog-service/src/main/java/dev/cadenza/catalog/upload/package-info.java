/** Uploads in chunks: in any order, repeated, resumed, joined to one track. */
@NullMarked
package dev.cadenza.catalog.upload;

import org.jspecify.annotations.NullMarked;
