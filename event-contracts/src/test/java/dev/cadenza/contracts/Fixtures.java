package dev.cadenza.contracts;

import dev.cadenza.contracts.analytics.v1.PlayRecorded;
import dev.cadenza.contracts.auth.v1.Revocation;
import dev.cadenza.contracts.auth.v1.SecurityEvent;
import dev.cadenza.contracts.auth.v1.UserSnapshot;
import dev.cadenza.contracts.catalog.v1.AlbumSnapshot;
import dev.cadenza.contracts.catalog.v1.DownloadStarted;
import dev.cadenza.contracts.catalog.v1.OrderSnapshot;
import dev.cadenza.contracts.catalog.v1.SearchRebuildRequested;
import dev.cadenza.contracts.catalog.v1.StreamStarted;
import dev.cadenza.contracts.catalog.v1.TrackSnapshot;
import dev.cadenza.contracts.gateway.v1.AccessDenied;
import dev.cadenza.contracts.gateway.v1.SessionActive;
import dev.cadenza.contracts.generation.v1.GenerationSnapshot;
import dev.cadenza.contracts.jobs.v1.JobCancelled;
import dev.cadenza.contracts.jobs.v1.JobReported;
import dev.cadenza.contracts.jobs.v1.JobRequested;
import dev.cadenza.contracts.playlist.v1.PlaylistFollowChanged;
import dev.cadenza.contracts.playlist.v1.PlaylistSnapshot;
import dev.cadenza.contracts.processing.v1.ProcessingFileSnapshot;
import dev.cadenza.contracts.social.v1.CommentChanged;
import dev.cadenza.contracts.social.v1.FollowChanged;
import dev.cadenza.contracts.social.v1.LikeChanged;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** One value of every contract, with no component left out: what the newest sample of each says. */
final class Fixtures {

    private static final UUID USER = UUID.fromString("0198a5a0-1111-7000-8000-000000000001");
    private static final UUID LISTENER = UUID.fromString("0198a5a0-1111-7000-8000-000000000002");
    private static final UUID TRACK = UUID.fromString("0198a5a0-2222-7000-8000-000000000003");
    private static final UUID JOB = UUID.fromString("0198a5a0-3333-7000-8000-000000000004");
    private static final UUID OTHER = UUID.fromString("0198a5a0-4444-7000-8000-000000000005");
    private static final Instant CREATED = Instant.parse("2026-05-01T10:00:00.123Z");
    private static final Instant LATER = Instant.parse("2026-05-01T10:05:30Z");

    private static final EventEnvelope.Origin ORIGIN = new EventEnvelope.Origin("203.0.113.7", "curl/8.5.0");

    private static final UserSnapshot.Profile PROFILE = new UserSnapshot.Profile(
            "Plays the engine.",
            "https://music.example/media/headers/ada.png",
            "London",
            "https://ada.example",
            "ada",
            "ada.plays",
            "ada0",
            "ada-l",
            LATER);

    static final List<Record> ALL = List.of(
            new EventEnvelope<>(
                    OTHER,
                    1_777_629_600_123_000L,
                    "social.like.liked",
                    1,
                    LATER,
                    "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                    ORIGIN,
                    Map.of("liked", true)),
            ORIGIN,
            new UserSnapshot(
                    USER,
                    7,
                    "ada",
                    true,
                    List.of("user", "artist"),
                    CREATED,
                    "Ada L.",
                    "https://music.example/media/avatars/ada.png",
                    PROFILE),
            PROFILE,
            new Revocation("user", USER.toString(), CREATED, LATER),
            new SecurityEvent(USER, OTHER, "role.changed", "artist", Map.of("roles", "user artist")),
            new AccessDenied(
                    USER,
                    "key_0123456789abcdef",
                    "203.0.113.7",
                    "curl/8.5.0",
                    "GET",
                    "/api/v1/tracks/{id}",
                    "/api/v1/tracks/1",
                    404,
                    LATER),
            new SessionActive("8d4f6c0e-session", "203.0.113.7", "curl/8.5.0", LATER),
            new TrackSnapshot(
                    TRACK,
                    42,
                    USER,
                    "ada",
                    "Evening",
                    "Ada",
                    "Days",
                    "ambient",
                    2026,
                    183.25,
                    "flac",
                    18_234_567,
                    -14.2,
                    true,
                    "failed",
                    "The file is damaged.",
                    CREATED),
            new AlbumSnapshot(
                    OTHER,
                    USER,
                    "ada",
                    "Days",
                    "Ada",
                    "ambient",
                    "Seven of them",
                    "https://pictures.example/days.jpg",
                    LATER,
                    true,
                    List.of(TRACK),
                    CREATED),
            new OrderSnapshot(
                    JOB,
                    LISTENER,
                    "completed",
                    999,
                    "EUR",
                    List.of(new OrderSnapshot.Item(OTHER, USER, TRACK, 999)),
                    CREATED,
                    LATER),
            new OrderSnapshot.Item(OTHER, USER, TRACK, 999),
            new StreamStarted(OTHER, TRACK, USER, LISTENER, 183.25, LATER),
            new DownloadStarted(OTHER, TRACK, USER, LISTENER, LATER),
            new SearchRebuildRequested(USER, LATER),
            new PlaylistSnapshot(
                    OTHER,
                    3,
                    USER,
                    "Quiet",
                    "For the night",
                    true,
                    List.of(TRACK),
                    TRACK,
                    CREATED,
                    "ada",
                    List.of(LISTENER),
                    12L),
            new PlaylistFollowChanged(OTHER, USER, LISTENER, "bob", true, LATER),
            new LikeChanged(TRACK, USER, LISTENER, "bob", true, LATER),
            new FollowChanged(LISTENER, "bob", USER, true, LATER),
            new CommentChanged(OTHER, TRACK, USER, LISTENER, "bob", "Lovely", LATER),
            new PlayRecorded(OTHER, TRACK, USER, LISTENER, 120.5, LATER),
            new GenerationSnapshot(
                    JOB,
                    "gen_0123456789abcdef",
                    "track_0123456789abcdef",
                    USER,
                    "Calm piano",
                    "completed",
                    100,
                    60.0,
                    List.of("wav", "mp3", "midi"),
                    "composer 1.0",
                    "None.",
                    CREATED,
                    LATER),
            new ProcessingFileSnapshot(
                    JOB, 5, USER, "vocal", "song.wav", "completed", 100, "spectral 1.0", "None.", CREATED, LATER),
            new JobRequested(
                    JOB,
                    USER,
                    "processing.vocal",
                    2,
                    Map.of("input", Map.of("key", "processing/uploads/1", "channels", 2, "gains", List.of(0.5, 1)))),
            new JobReported(
                    JOB,
                    2001,
                    "failed",
                    80,
                    "rendering",
                    Map.of("files", List.of("a.wav")),
                    "audio.undecodable",
                    "The file is no audio.",
                    "worker-1",
                    LATER),
            new JobCancelled(JOB, 2, LATER));

    private Fixtures() {}
}
