package dev.cadenza.catalog.search.lucene;

import dev.cadenza.catalog.album.Album;
import dev.cadenza.catalog.album.AlbumDetails;
import dev.cadenza.catalog.search.Findable;
import dev.cadenza.catalog.search.Kind;
import dev.cadenza.catalog.search.People.Person;
import dev.cadenza.catalog.search.Playlists.Playlist;
import dev.cadenza.catalog.track.SearchText;
import dev.cadenza.catalog.track.Track;
import dev.cadenza.catalog.track.TrackDetails;
import dev.cadenza.catalog.track.TrackNotes;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.DoubleField;
import org.apache.lucene.document.FeatureField;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.LongField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** Turns what can be found into documents. */
final class Documents {

    private Documents() {}

    static Document of(Findable thing, long round) {
        Document document =
                switch (thing) {
                    case Findable.OfTrack(var track) -> track(track.state());
                    case Findable.OfAlbum(var album) -> album(album.state());
                    case Findable.OfPlaylist(var playlist) -> playlist(playlist);
                    case Findable.OfPerson(var person) -> person(person);
                };
        document.add(new NumericDocValuesField(Fields.ID_HIGH, thing.id().getMostSignificantBits()));
        document.add(new NumericDocValuesField(Fields.ID_LOW, thing.id().getLeastSignificantBits()));
        document.add(new LongField(Fields.ROUND, round, Store.NO));
        return document;
    }

    private static Document track(Track track) {
        TrackDetails details = track.details();
        TrackNotes notes = details.notes();
        Document document = named(details.title(), details.artist(), track.createdAt());
        seen(document, Kind.TRACKS, track.visibleTo(null), Stream.of(track.ownerId()));
        if (track.visibleTo(null)) {
            document.add(new SortedDocValuesField(
                    Fields.ARTIST_ID, new BytesRef(track.ownerId().toString())));
        }
        document.add(new StringField(Fields.OWNER, track.ownerId().toString(), Store.NO));
        document.add(new StringField(Fields.PUBLIC, String.valueOf(details.isPublic()), Store.NO));
        document.add(new StringField(Fields.FORMAT, track.audio().format(), Store.NO));
        document.add(new DoubleField(Fields.SECONDS, track.audio().durationSeconds(), Store.NO));
        whole(document, Fields.GENRE, details.genre());
        whole(document, Fields.MOOD, notes.mood());
        notes.tags().forEach(tag -> whole(document, Fields.TAG, tag));
        document.add(new LongField(Fields.UPDATED, track.updatedAt().toEpochMilli(), Store.NO));
        Instant published = track.publishedAt();
        if (published != null) {
            document.add(new LongField(Fields.PUBLISHED, published.toEpochMilli(), Store.NO));
        }
        document.add(new LongField(Fields.PLAYS, track.counts().plays(), Store.NO));
        document.add(new LongField(Fields.LIKES, track.counts().likes(), Store.NO));
        document.add(new LongField(Fields.DOWNLOADS, track.counts().downloads(), Store.NO));
        long popularity = track.counts().plays() + track.counts().likes();
        if (popularity > 0) {
            document.add(new FeatureField(Fields.FEATURES, Fields.POPULARITY, popularity));
        }
        text(
                document,
                Stream.concat(
                        Stream.of(
                                details.title(),
                                details.artist(),
                                details.album(),
                                details.genre(),
                                track.ownerUsername()),
                        notes.tags().stream()));
        return document;
    }

    private static Document album(Album album) {
        AlbumDetails details = album.details();
        Document document = named(details.title(), details.artist(), album.createdAt());
        seen(document, Kind.ALBUMS, album.visibleTo(null), Stream.of(album.ownerId()));
        text(document, Stream.of(details.title(), details.artist(), details.genre(), album.ownerUsername()));
        return document;
    }

    private static Document playlist(Playlist playlist) {
        Document document = named(playlist.title(), "", Instant.EPOCH);
        seen(
                document,
                Kind.PLAYLISTS,
                playlist.visibleTo(null),
                Stream.concat(Stream.of(playlist.ownerId()), playlist.collaboratorIds().stream()));
        text(document, Stream.of(playlist.title(), playlist.description()));
        return document;
    }

    private static Document person(Person person) {
        String displayName = person.displayName() == null ? "" : person.displayName();
        Document document = named(person.username(), displayName, person.createdAt());
        seen(document, Kind.USERS, true, Stream.of());
        text(document, Stream.of(person.username(), displayName));
        return document;
    }

    private static Document named(String name, String artist, Instant created) {
        Document document = new Document();
        document.add(new TextField(Fields.TITLE, Words.prepared(name), Store.NO));
        document.add(new TextField(Fields.ARTIST, Words.prepared(artist), Store.NO));
        whole(document, Fields.NAME, name);
        ordered(document, Fields.NAME_START, Fields.NAME_ORDER, name);
        ordered(document, Fields.ARTIST_START, Fields.ARTIST_ORDER, artist);
        document.add(new LongField(Fields.CREATED, created.toEpochMilli(), Store.NO));
        return document;
    }

    private static void seen(Document document, Kind kind, boolean everybody, Stream<UUID> persons) {
        if (everybody) {
            document.add(new StringField(Fields.SEEN_BY, Fields.everybody(kind), Store.NO));
        }
        persons.distinct()
                .forEach(person -> document.add(new StringField(Fields.SEEN_BY, Fields.only(kind, person), Store.NO)));
    }

    private static void whole(Document document, String field, @Nullable String text) {
        if (text != null) {
            document.add(new StringField(field, SearchText.folded(text), Store.NO));
        }
    }

    private static void ordered(Document document, String start, String order, String text) {
        BytesRef folded = new BytesRef(SearchText.folded(text));
        long first = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            first = first << Byte.SIZE | (i < folded.length ? folded.bytes[i] & 0xff : 0);
        }
        // so that what is compared as a number with a sign is in the order of bytes without one
        document.add(new NumericDocValuesField(start, first ^ Long.MIN_VALUE));
        document.add(new BinaryDocValuesField(order, folded));
    }

    private static void text(Document document, Stream<@Nullable String> parts) {
        document.add(new TextField(
                Fields.TEXT,
                parts.filter(part -> part != null && !part.isEmpty())
                        .map(Words::prepared)
                        // so that no word begins in one and ends in the next
                        .collect(Collectors.joining("\n")),
                Store.NO));
    }
}
