/** Objects in S3: streamed in from disk, streamed out in ranges, swept by prefix; plain S3 calls only. */
@NullMarked
package dev.cadenza.platform.storage;

import org.jspecify.annotations.NullMarked;
