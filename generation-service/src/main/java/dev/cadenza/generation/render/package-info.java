/** From score to sound: a SoundFont player for each part, room, mix, loudness and peak limits. */
@NullMarked
package dev.cadenza.generation.render;

import org.jspecify.annotations.NullMarked;
