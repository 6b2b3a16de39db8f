/** The index as Lucene keeps it. */
@NullMarked
package dev.cadenza.catalog.search.lucene;

import org.jspecify.annotations.NullMarked;
