package dev.cadenza.auth.profile;

import dev.cadenza.platform.audio.Pictures;

/**
 * Pictures of users. Storing fails with UnsupportedMedia where it is no picture, with Invalid where it is damaged or too
 * large.
 */
public interface Avatars extends Pictures {}
