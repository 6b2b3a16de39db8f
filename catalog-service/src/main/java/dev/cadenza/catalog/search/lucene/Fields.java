package dev.cadenza.catalog.search.lucene;

/** Names of what the documents of the index hold. */
final class Fields {

    /** Kind and id together: one document each. */
    static final String KEY = "key";
    /** Both halves of the id, to order by and to be read back as what was ordered by. */
    static final String ID_HIGH = "idHigh";

    static final String ID_LOW = "idLow";
    /** For whom it is: see {@link #everybody} and {@link #only}. */
    static final String SEEN_BY = "seenBy";
    /** The round over everything in which it was written. */
    static final String ROUND = "round";

    static final String OWNER = "owner";
    /** Owner of what everybody sees, to be collected. */
    static final String ARTIST_ID = "artistId";

    static final String PUBLIC = "public";
    static final String FORMAT = "format";
    static final String GENRE = "genre";
    static final String MOOD = "mood";
    static final String TAG = "tag";
    static final String SECONDS = "seconds";
    static final String CREATED = "created";
    static final String UPDATED = "updated";
    static final String PUBLISHED = "published";
    static final String PLAYS = "plays";
    static final String LIKES = "likes";
    static final String DOWNLOADS = "downloads";

    /** Words of the name. */
    static final String TITLE = "title";
    /** Words of who made it. */
    static final String ARTIST = "artist";
    /** All words. */
    static final String TEXT = "text";
    /** The whole name, folded. */
    static final String NAME = "name";
    /** The whole name and the whole artist, folded, to order by, and of each the beginning as a number: nearly always enough. */
    static final String NAME_ORDER = "nameOrder";

    static final String NAME_START = "nameStart";
    static final String ARTIST_ORDER = "artistOrder";
    static final String ARTIST_START = "artistStart";
    /** What raises a match without being one. */
    static final String FEATURES = "features";

    static final String POPULARITY = "popularity";

    private Fields() {}

    /** Something of this kind that everybody sees. */
    static String everybody(Enum<?> kind) {
        return kind.name();
    }

    /** Something of this kind that this person sees, whoever else does. */
    static String only(Enum<?> kind, Object person) {
        return kind.name() + ":" + person;
    }
}
