/** Looking into uploads with FFmpeg. */
@NullMarked
package dev.cadenza.processing.file.inspection;

import org.jspecify.annotations.NullMarked;
