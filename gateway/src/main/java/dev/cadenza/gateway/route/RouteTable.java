package dev.cadenza.gateway.route;

import static dev.cadenza.platform.core.identity.Area.ADMIN;
import static dev.cadenza.platform.core.identity.Area.ANALYTICS;
import static dev.cadenza.platform.core.identity.Area.GENERATION;
import static dev.cadenza.platform.core.identity.Area.MARKETPLACE;
import static dev.cadenza.platform.core.identity.Area.PLAYLISTS;
import static dev.cadenza.platform.core.identity.Area.PROFILE;
import static dev.cadenza.platform.core.identity.Area.SOCIAL;
import static dev.cadenza.platform.core.identity.Area.TRACKS;
import static dev.cadenza.platform.core.identity.Area.WEBHOOKS;

import dev.cadenza.platform.core.identity.Area;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * The route table: every way into the system, one row each. Methods, path, service, then what the route takes notice of:
 * the area whose scope an API key needs, {@code account} for routes that refuse keys, {@code open} for those that look
 * at nobody's identity. Behind it stands only what departs from the rest: a limit, a larger body, a longer answer.
 *
 * <p>What no row names is not reachable. Rows of endpoints that no service serves yet lead to the service that will, so
 * that they answer its dialect's 404. The most exact pattern wins, whatever the order.
 */
public final class RouteTable {

    private static final String AUTH = "auth";
    private static final String CATALOG = "catalog";
    private static final String PLAYLIST = "playlist";
    private static final String SOCIAL_SERVICE = "social";
    private static final String GENERATION_SERVICE = "generation";
    private static final String PROCESSING = "processing";
    private static final String ANALYTICS_SERVICE = "analytics";

    /** Storing and probing what came may take a while. */
    private static final Duration STORING = Duration.ofMinutes(2);
    /** A song is waited for. */
    private static final Duration COMPOSING = Duration.ofMinutes(5);

    private static final List<Row> VEZA = List.of(
            // accounts
            open("POST", "/api/v1/auth/register", AUTH).limit(Limit.SIGN_IN),
            open("POST", "/api/v1/auth/login", AUTH).limit(Limit.SIGN_IN),
            open("POST", "/api/v1/auth/refresh", AUTH),
            account("POST", "/api/v1/auth/logout", AUTH),
            row("GET", "/api/v1/auth/me", AUTH, PROFILE),
            open("GET", "/api/v1/auth/check-username", AUTH),
            open("GET POST", "/api/v1/auth/verify-email", AUTH),
            open("POST", "/api/v1/auth/resend-verification", AUTH),
            account("POST", "/api/v1/auth/change-password", AUTH),
            account("GET POST PUT DELETE", "/api/v1/auth/2fa/**", AUTH),
            account("GET POST PUT PATCH DELETE", "/api/v1/api-keys/**", AUTH),
            account("GET", "/api/v1/sessions", AUTH),
            account("GET", "/api/v1/sessions/stats", AUTH),
            account("POST", "/api/v1/sessions/logout", AUTH),
            account("POST", "/api/v1/sessions/logout-all", AUTH),
            account("DELETE", "/api/v1/sessions/{session_id}", AUTH),
            // profiles and roles
            row("GET PUT", "/api/v1/users/{id}", AUTH, PROFILE),
            account("DELETE", "/api/v1/users/{id}", AUTH),
            row("GET", "/api/v1/users/by-username/{username}", AUTH, PROFILE),
            row("GET", "/api/v1/users/{id}/completion", AUTH, PROFILE),
            row("GET POST PUT DELETE", "/api/v1/users/{id}/avatar", AUTH, PROFILE)
                    .body(Body.IMAGE),
            row("GET", "/api/v1/roles", AUTH, PROFILE),
            row("GET", "/api/v1/roles/{id}", AUTH, PROFILE),
            row("GET POST PUT PATCH DELETE", "/api/v1/admin/users/**", AUTH, ADMIN),
            // tracks
            row("GET", "/api/v1/tracks", CATALOG, TRACKS),
            upload("POST", "/api/v1/tracks", CATALOG, TRACKS).limit(Limit.UPLOAD),
            row("GET", "/api/v1/tracks/search", CATALOG, TRACKS),
            row("GET PUT DELETE", "/api/v1/tracks/{id}", CATALOG, TRACKS),
            row("GET", "/api/v1/tracks/{id}/download", CATALOG, TRACKS),
            row("GET", "/api/v1/tracks/{id}/stream", CATALOG, TRACKS),
            row("GET", "/api/v1/tracks/{id}/hls/**", CATALOG, TRACKS),
            row("GET", "/api/v1/tracks/{id}/waveform", CATALOG, TRACKS),
            row("GET", "/api/v1/tracks/{id}/status", CATALOG, TRACKS),
            row("POST", "/api/v1/tracks/initiate", CATALOG, TRACKS).limit(Limit.UPLOAD),
            upload("POST", "/api/v1/tracks/chunk", CATALOG, TRACKS),
            row("POST", "/api/v1/tracks/complete", CATALOG, TRACKS).within(STORING),
            row("GET", "/api/v1/tracks/quota/{id}", CATALOG, TRACKS),
            row("GET", "/api/v1/tracks/resume/{uploadId}", CATALOG, TRACKS),
            row("POST", "/api/v1/tracks/batch/delete", CATALOG, TRACKS),
            row("GET", "/api/v1/search", CATALOG, TRACKS),
            upload("POST", "/api/v1/uploads", CATALOG, TRACKS).limit(Limit.UPLOAD),
            row("GET", "/api/v1/uploads/{id}/status", CATALOG, TRACKS),
            // marketplace
            row("GET POST", "/api/v1/marketplace/products", CATALOG, MARKETPLACE),
            row("PUT", "/api/v1/marketplace/products/{id}", CATALOG, MARKETPLACE),
            row("GET POST", "/api/v1/marketplace/orders", CATALOG, MARKETPLACE),
            row("GET", "/api/v1/marketplace/orders/{id}", CATALOG, MARKETPLACE),
            row("POST", "/api/v1/marketplace/orders/{id}/refund", CATALOG, MARKETPLACE),
            row("GET", "/api/v1/marketplace/download/{product_id}", CATALOG, MARKETPLACE),
            row("GET", "/api/v1/marketplace/earnings", CATALOG, MARKETPLACE),
            open("POST", "/api/v1/marketplace/payments/notices", CATALOG),
            // playlists
            row("GET POST", "/api/v1/playlists", PLAYLIST, PLAYLISTS),
            row("GET", "/api/v1/playlists/search", PLAYLIST, PLAYLISTS),
            row("GET", "/api/v1/playlists/recommendations", PLAYLIST, PLAYLISTS),
            row("GET PUT DELETE", "/api/v1/playlists/{id}", PLAYLIST, PLAYLISTS),
            row("POST", "/api/v1/playlists/{id}/tracks", PLAYLIST, PLAYLISTS),
            row("PUT", "/api/v1/playlists/{id}/tracks/reorder", PLAYLIST, PLAYLISTS),
            row("DELETE", "/api/v1/playlists/{id}/tracks/{track_id}", PLAYLIST, PLAYLISTS),
            row("GET POST", "/api/v1/playlists/{id}/collaborators", PLAYLIST, PLAYLISTS),
            row("PUT DELETE", "/api/v1/playlists/{id}/collaborators/{userId}", PLAYLIST, PLAYLISTS),
            row("POST DELETE", "/api/v1/playlists/{id}/share", PLAYLIST, PLAYLISTS),
            row("GET", "/api/v1/playlists/shared/{token}", PLAYLIST, PLAYLISTS),
            row("POST DELETE", "/api/v1/playlists/{id}/follow", PLAYLIST, PLAYLISTS),
            // likes, comments, notifications, chat, webhooks
            row("POST DELETE", "/api/v1/tracks/{id}/like", SOCIAL_SERVICE, SOCIAL),
            row("GET", "/api/v1/tracks/{id}/likes", SOCIAL_SERVICE, SOCIAL),
            row("GET POST", "/api/v1/tracks/{id}/comments", SOCIAL_SERVICE, SOCIAL),
            row("DELETE", "/api/v1/comments/{id}", SOCIAL_SERVICE, SOCIAL),
            row("GET", "/api/v1/notifications", SOCIAL_SERVICE, SOCIAL),
            row("POST", "/api/v1/notifications/{id}/read", SOCIAL_SERVICE, SOCIAL),
            row("POST", "/api/v1/notifications/read-all", SOCIAL_SERVICE, SOCIAL),
            row("GET", "/api/v1/chat/token", SOCIAL_SERVICE, SOCIAL),
            row("GET", "/api/v1/chat/stats", SOCIAL_SERVICE, SOCIAL),
            row("GET POST", "/api/v1/webhooks", SOCIAL_SERVICE, WEBHOOKS),
            row("GET", "/api/v1/webhooks/stats", SOCIAL_SERVICE, WEBHOOKS),
            row("DELETE", "/api/v1/webhooks/{id}", SOCIAL_SERVICE, WEBHOOKS),
            row("POST", "/api/v1/webhooks/{id}/test", SOCIAL_SERVICE, WEBHOOKS),
            row("POST", "/api/v1/webhooks/{id}/regenerate-key", SOCIAL_SERVICE, WEBHOOKS),
            // plays, statistics, audit
            row("POST", "/api/v1/tracks/{id}/play", ANALYTICS_SERVICE, ANALYTICS),
            row("GET", "/api/v1/tracks/{id}/stats", ANALYTICS_SERVICE, ANALYTICS),
            row("POST", "/api/v1/analytics/events", ANALYTICS_SERVICE, ANALYTICS),
            row("GET", "/api/v1/analytics/tracks/{id}", ANALYTICS_SERVICE, ANALYTICS),
            row("GET", "/api/v1/audit/logs", ANALYTICS_SERVICE, ADMIN),
            row("GET", "/api/v1/audit/stats", ANALYTICS_SERVICE, ADMIN),
            row("GET", "/api/v1/admin/audit/logs", ANALYTICS_SERVICE, ADMIN),
            row("GET", "/api/v1/admin/audit/stats", ANALYTICS_SERVICE, ADMIN),
            row("GET", "/api/v1/admin/audit/suspicious", ANALYTICS_SERVICE, ADMIN));

    private static final List<Row> AUDIONOVA = List.of(
            // accounts
            open("POST", "/api/auth/register/", AUTH),
            open("GET", "/api/auth/verify-email/{token}/", AUTH),
            open("POST", "/api/auth/login/", AUTH),
            open("POST", "/api/auth/token/refresh/", AUTH),
            open("POST", "/api/auth/forgot-password/", AUTH),
            open("GET POST", "/api/auth/reset-password/{token}/", AUTH),
            open("POST", "/api/auth/logout/", AUTH),
            row("GET PUT PATCH", "/api/auth/user/profile/", AUTH, PROFILE),
            // songs
            row("GET", "/api/songs/", CATALOG, TRACKS),
            upload("POST", "/api/songs/", CATALOG, TRACKS),
            row("GET PUT PATCH DELETE", "/api/songs/{id}/", CATALOG, TRACKS),
            row("GET POST", "/api/songs/{song_id}/play/", CATALOG, TRACKS),
            row("GET", "/api/search-songs/", CATALOG, TRACKS),
            // playlists
            row("GET", "/api/public-playlists/", PLAYLIST, PLAYLISTS),
            row("GET POST", "/api/playlists/", PLAYLIST, PLAYLISTS).body(Body.IMAGE),
            row("GET PUT PATCH DELETE", "/api/playlists/{id}/", PLAYLIST, PLAYLISTS)
                    .body(Body.IMAGE),
            row("GET POST", "/api/playlist-songs/", PLAYLIST, PLAYLISTS),
            row("GET PUT PATCH DELETE", "/api/playlist-songs/{id}/", PLAYLIST, PLAYLISTS),
            row("GET", "/api/playlist/{id}/", PLAYLIST, PLAYLISTS),
            // likes and history
            row("POST", "/api/songs/{song_id}/like/", SOCIAL_SERVICE, SOCIAL),
            row("POST", "/api/songs/{song_id}/unlike/", SOCIAL_SERVICE, SOCIAL),
            row("GET", "/api/liked-songs/", SOCIAL_SERVICE, SOCIAL),
            row("GET", "/api/playback-history/", ANALYTICS_SERVICE, ANALYTICS),
            // generated songs
            row("POST", "/api/ai/generate/", GENERATION_SERVICE, GENERATION).within(COMPOSING),
            row("GET", "/api/ai/generated-songs/", GENERATION_SERVICE, GENERATION),
            row("GET PUT PATCH DELETE", "/api/ai/generated-songs/{id}/", GENERATION_SERVICE, GENERATION),
            row("GET", "/api/ai/generated-songs/{id}/download/", GENERATION_SERVICE, GENERATION));

    private static final List<Row> MUSICGEN = List.of(
            row("POST", "/v1/ai/generate", GENERATION_SERVICE, GENERATION),
            row("POST", "/v1/ai/generate-from-template", GENERATION_SERVICE, GENERATION),
            row("POST", "/v1/ai/generate-batch", GENERATION_SERVICE, GENERATION),
            row("POST", "/v1/ai/generate-playlist", GENERATION_SERVICE, GENERATION),
            row("GET", "/v1/ai/generations", GENERATION_SERVICE, GENERATION),
            row("GET", "/v1/ai/generations/{generation_id}", GENERATION_SERVICE, GENERATION),
            row("POST", "/v1/ai/generations/{generation_id}/cancel", GENERATION_SERVICE, GENERATION),
            row("POST", "/v1/ai/generations/{generation_id}/retry", GENERATION_SERVICE, GENERATION),
            row("GET PATCH DELETE", "/v1/ai/tracks/{track_id}", GENERATION_SERVICE, GENERATION),
            row("GET", "/v1/ai/tracks/{track_id}/download", GENERATION_SERVICE, GENERATION),
            row("GET", "/v1/ai/templates", GENERATION_SERVICE, GENERATION),
            row("GET", "/v1/ai/templates/{template_id}", GENERATION_SERVICE, GENERATION),
            row("GET", "/v1/ai/models", GENERATION_SERVICE, GENERATION));

    private static final List<Row> PROCESSING_ROWS = List.of(
            upload("POST", "/api/denoise/upload/", PROCESSING, Area.PROCESSING),
            row("GET", "/api/denoise/files/", PROCESSING, Area.PROCESSING),
            row("GET", "/api/denoise/files/{file_id}/status/", PROCESSING, Area.PROCESSING),
            row("DELETE", "/api/denoise/files/{file_id}/delete/", PROCESSING, Area.PROCESSING),
            upload("POST", "/api/vocal/separate/", PROCESSING, Area.PROCESSING),
            row("GET", "/api/vocal/files/", PROCESSING, Area.PROCESSING),
            row("GET", "/api/vocal/files/{file_id}/status/", PROCESSING, Area.PROCESSING),
            row("DELETE", "/api/vocal/files/{file_id}/delete/", PROCESSING, Area.PROCESSING),
            upload("POST", "/api/boost/upload/", PROCESSING, Area.PROCESSING),
            row("GET", "/api/boost/files/", PROCESSING, Area.PROCESSING),
            row("GET", "/api/boost/files/{file_id}/status/", PROCESSING, Area.PROCESSING),
            row("DELETE", "/api/boost/files/{file_id}/delete/", PROCESSING, Area.PROCESSING),
            upload("POST", "/api/speaker/extract/", PROCESSING, Area.PROCESSING).body(Body.TWO_RECORDINGS),
            row("GET", "/api/speaker/files/", PROCESSING, Area.PROCESSING),
            row("GET", "/api/speaker/files/{file_id}/status/", PROCESSING, Area.PROCESSING),
            row("DELETE", "/api/speaker/files/{file_id}/delete/", PROCESSING, Area.PROCESSING),
            row("GET", "/ws/processing/", PROCESSING, Area.PROCESSING));

    private static final List<Row> PAGES = List.of(
            open("GET POST", "/login/", AUTH).keepingCookies(),
            open("GET POST", "/logout/", AUTH).keepingCookies(),
            row("GET", "/", AUTH, PROFILE).keepingCookies());

    private static final List<Row> MUSEWAVE = List.of(
            // users
            row("GET", "/musewave/users/", AUTH, PROFILE),
            row("GET", "/musewave/users/{id}/", AUTH, PROFILE),
            row("GET", "/musewave/users/username/{username}/", AUTH, PROFILE),
            open("POST", "/musewave/users/create/", AUTH).keepingCookies(),
            row("PATCH", "/musewave/users/{id}/update/", AUTH, PROFILE),
            // tracks and albums
            row("GET", "/musewave/tracks/", CATALOG, TRACKS),
            row("GET", "/musewave/tracks/{id}/", CATALOG, TRACKS),
            row("POST", "/musewave/tracks/create/", CATALOG, TRACKS),
            row("PATCH", "/musewave/tracks/{id}/update/", CATALOG, TRACKS),
            row("DELETE", "/musewave/tracks/{id}/delete/", CATALOG, TRACKS),
            row("GET", "/musewave/users/{user_id}/albums", CATALOG, TRACKS),
            row("GET", "/musewave/albums/{id}", CATALOG, TRACKS),
            row("POST", "/musewave/albums", CATALOG, TRACKS),
            row("PATCH", "/musewave/albums/{id}/update", CATALOG, TRACKS),
            row("DELETE", "/musewave/albums/{id}/delete", CATALOG, TRACKS),
            row("GET", "/musewave/search/", CATALOG, TRACKS),
            row("POST", "/musewave/search/rebuild/", CATALOG, TRACKS),
            row("GET", "/musewave/artists/", CATALOG, TRACKS),
            // likes and follows
            row("POST", "/musewave/tracks/{track_id}/like/", SOCIAL_SERVICE, SOCIAL),
            row("DELETE", "/musewave/tracks/{track_id}/like/delete/", SOCIAL_SERVICE, SOCIAL),
            row("GET", "/musewave/tracks/{track_id}/like/{user_id}/", SOCIAL_SERVICE, SOCIAL),
            row("GET", "/musewave/users/{user_id}/likes/", SOCIAL_SERVICE, SOCIAL),
            row("POST", "/musewave/users/{user_id}/follow/", SOCIAL_SERVICE, SOCIAL),
            row("DELETE", "/musewave/users/{user_id}/follow/delete/", SOCIAL_SERVICE, SOCIAL),
            row("GET", "/musewave/users/{user_id}/follow/{follower_id}/", SOCIAL_SERVICE, SOCIAL),
            row("GET", "/musewave/users/{user_id}/followers/", SOCIAL_SERVICE, SOCIAL),
            row("GET", "/musewave/users/{user_id}/following/", SOCIAL_SERVICE, SOCIAL),
            // downloads, plays, statistics
            row("POST", "/musewave/tracks/{track_id}/download/", ANALYTICS_SERVICE, ANALYTICS),
            row("GET", "/musewave/tracks/{track_id}/downloads/", ANALYTICS_SERVICE, ANALYTICS),
            row("POST", "/musewave/tracks/{track_id}/play/", ANALYTICS_SERVICE, ANALYTICS),
            row("GET", "/musewave/tracks/{track_id}/plays/", ANALYTICS_SERVICE, ANALYTICS),
            row("GET", "/musewave/users/{user_id}/plays/", ANALYTICS_SERVICE, ANALYTICS),
            row("GET", "/musewave/users/{id}/stats/", ANALYTICS_SERVICE, ANALYTICS),
            row("GET", "/musewave/tracks/{id}/stats/", ANALYTICS_SERVICE, ANALYTICS));

    private static final List<Row> MEDIA = List.of(
            row("GET", "/media/uploads/**", PROCESSING, Area.PROCESSING),
            row("GET", "/media/musicgen/**", GENERATION_SERVICE, GENERATION),
            open("GET", "/media/avatars/**", AUTH),
            row("GET", "/media/covers/**", PLAYLIST, PLAYLISTS),
            row("GET", "/media/**", CATALOG, TRACKS));

    /** All of them. */
    public static final List<Row> ROWS = Stream.of(
                    VEZA.stream(),
                    AUDIONOVA.stream().map(Row::withBothSlashes),
                    MUSICGEN.stream(),
                    Stream.concat(PROCESSING_ROWS.stream(), PAGES.stream())
                            .map(row -> row.withBothSlashes().login(BrowserLogin.CSRF_TOKEN)),
                    MUSEWAVE.stream().map(row -> row.withBothSlashes().login(BrowserLogin.KNOWN_ORIGIN)),
                    MEDIA.stream().map(row -> row.login(BrowserLogin.CSRF_TOKEN)))
            .flatMap(rows -> rows)
            .toList();

    private RouteTable() {}

    private static Row row(String methods, String pattern, String service, Area area) {
        return Row.of(methods, pattern, service, new Access.Scoped(area));
    }

    private static Row upload(String methods, String pattern, String service, Area area) {
        return row(methods, pattern, service, area).body(Body.RECORDING).within(STORING);
    }

    private static Row account(String methods, String pattern, String service) {
        return Row.of(methods, pattern, service, new Access.AccountOnly());
    }

    private static Row open(String methods, String pattern, String service) {
        return Row.of(methods, pattern, service, new Access.Open());
    }
}
