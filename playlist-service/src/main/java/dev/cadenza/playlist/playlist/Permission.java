package dev.cadenza.playlist.playlist;

/** What somebody may do with a playlist; each includes those before it. */
public enum Permission {
    /** See it although it is private. */
    READ,
    /** Add, take out and order tracks. */
    WRITE,
    /** Describe, share, and invite others. */
    ADMIN;

    /** Whether this includes the other. */
    public boolean allows(Permission needed) {
        return compareTo(needed) >= 0;
    }
}
