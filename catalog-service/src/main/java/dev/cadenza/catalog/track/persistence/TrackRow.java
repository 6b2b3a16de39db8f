package dev.cadenza.catalog.track.persistence;

import dev.cadenza.catalog.track.Track;

/** A track as it is stored. */
record TrackRow(Track track) {}
