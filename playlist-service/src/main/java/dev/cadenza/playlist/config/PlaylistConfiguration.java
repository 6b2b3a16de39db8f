package dev.cadenza.playlist.config;

import dev.cadenza.platform.core.Ids;
import dev.cadenza.playlist.playlist.AddTrack;
import dev.cadenza.playlist.playlist.CreatePlaylist;
import dev.cadenza.playlist.playlist.DeletePlaylist;
import dev.cadenza.playlist.playlist.ErasePlaylists;
import dev.cadenza.playlist.playlist.ForgetTrack;
import dev.cadenza.playlist.playlist.ListPlaylists;
import dev.cadenza.playlist.playlist.Playlists;
import dev.cadenza.playlist.playlist.ReadPlaylist;
import dev.cadenza.playlist.playlist.RemoveTrack;
import dev.cadenza.playlist.playlist.ReorderTracks;
import dev.cadenza.playlist.playlist.UpdatePlaylist;
import dev.cadenza.playlist.track.FindTrack;
import dev.cadenza.playlist.track.Tracks;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Playlists, wired. */
@Configuration(proxyBeanMethods = false)
class PlaylistConfiguration {

    @Bean
    Supplier<UUID> ids() {
        return Ids.timeOrdered();
    }

    @Bean
    FindTrack findTrack(Tracks tracks, Clock clock) {
        return new FindTrack(tracks, clock);
    }

    @Bean
    CreatePlaylist createPlaylist(Playlists playlists, Clock clock, Supplier<UUID> ids) {
        return new CreatePlaylist(playlists, clock, ids);
    }

    @Bean
    ListPlaylists listPlaylists(Playlists playlists) {
        return new ListPlaylists(playlists);
    }

    @Bean
    ReadPlaylist readPlaylist(Playlists playlists, Tracks tracks) {
        return new ReadPlaylist(playlists, tracks);
    }

    @Bean
    UpdatePlaylist updatePlaylist(Playlists playlists, Clock clock) {
        return new UpdatePlaylist(playlists, clock);
    }

    @Bean
    DeletePlaylist deletePlaylist(Playlists playlists) {
        return new DeletePlaylist(playlists);
    }

    @Bean
    AddTrack addTrack(Playlists playlists, FindTrack findTrack, Clock clock) {
        return new AddTrack(playlists, findTrack, clock);
    }

    @Bean
    RemoveTrack removeTrack(Playlists playlists, Clock clock) {
        return new RemoveTrack(playlists, clock);
    }

    @Bean
    ReorderTracks reorderTracks(Playlists playlists, Clock clock) {
        return new ReorderTracks(playlists, clock);
    }

    @Bean
    ErasePlaylists erasePlaylists(Playlists playlists) {
        return new ErasePlaylists(playlists);
    }

    @Bean
    ForgetTrack forgetTrack(Playlists playlists, Clock clock) {
        return new ForgetTrack(playlists, clock);
    }
}
