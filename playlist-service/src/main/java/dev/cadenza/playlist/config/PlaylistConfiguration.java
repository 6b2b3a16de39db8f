package dev.cadenza.playlist.config;

import dev.cadenza.platform.core.Ids;
import dev.cadenza.platform.events.Aggregates;
import dev.cadenza.platform.events.PeriodicTask;
import dev.cadenza.playlist.playlist.AddTrack;
import dev.cadenza.playlist.playlist.ChangeEntry;
import dev.cadenza.playlist.playlist.CleanUpPlaylist;
import dev.cadenza.playlist.playlist.CountFollowers;
import dev.cadenza.playlist.playlist.CoverSettings;
import dev.cadenza.playlist.playlist.Covers;
import dev.cadenza.playlist.playlist.CreatePlaylist;
import dev.cadenza.playlist.playlist.DeletePlaylist;
import dev.cadenza.playlist.playlist.ErasePlaylists;
import dev.cadenza.playlist.playlist.FindEntry;
import dev.cadenza.playlist.playlist.FindNamedPlaylist;
import dev.cadenza.playlist.playlist.FindPlaylist;
import dev.cadenza.playlist.playlist.FollowPlaylist;
import dev.cadenza.playlist.playlist.Follows;
import dev.cadenza.playlist.playlist.ListCollaborators;
import dev.cadenza.playlist.playlist.ListEntries;
import dev.cadenza.playlist.playlist.ListPlaylists;
import dev.cadenza.playlist.playlist.ManageCollaborators;
import dev.cadenza.playlist.playlist.Playlists;
import dev.cadenza.playlist.playlist.ReadPlaylist;
import dev.cadenza.playlist.playlist.RecommendPlaylists;
import dev.cadenza.playlist.playlist.RemoveTrack;
import dev.cadenza.playlist.playlist.ReorderTracks;
import dev.cadenza.playlist.playlist.SettleEntry;
import dev.cadenza.playlist.playlist.SettleTrack;
import dev.cadenza.playlist.playlist.SharePlaylist;
import dev.cadenza.playlist.playlist.ShareSettings;
import dev.cadenza.playlist.playlist.ShowCover;
import dev.cadenza.playlist.playlist.SweepCovers;
import dev.cadenza.playlist.playlist.UnfollowPlaylist;
import dev.cadenza.playlist.playlist.UniqueNames;
import dev.cadenza.playlist.playlist.UnsharePlaylist;
import dev.cadenza.playlist.playlist.UpdatePlaylist;
import dev.cadenza.playlist.track.FindNamedTrack;
import dev.cadenza.playlist.track.FindTrack;
import dev.cadenza.playlist.track.Tracks;
import dev.cadenza.playlist.user.FindUser;
import dev.cadenza.playlist.user.FollowedUsers;
import dev.cadenza.playlist.user.Users;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Playlists, wired. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({CoverSettings.class, ShareSettings.class})
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
    FindNamedTrack findNamedTrack(Tracks tracks) {
        return new FindNamedTrack(tracks);
    }

    @Bean
    FindUser findUser(Users users, Clock clock) {
        return new FindUser(users, clock);
    }

    @Bean
    CreatePlaylist createPlaylist(Playlists playlists, Covers covers, Clock clock, Supplier<UUID> ids) {
        return new CreatePlaylist(playlists, covers, clock, ids);
    }

    @Bean
    UniqueNames uniqueNames(Playlists playlists, Aggregates aggregates) {
        // storing a picture takes less
        return new UniqueNames(playlists, aggregates.nameClaims("name_claims", Duration.ofMinutes(1)));
    }

    @Bean
    ListPlaylists listPlaylists(Playlists playlists) {
        return new ListPlaylists(playlists);
    }

    @Bean
    FindPlaylist findPlaylist(Playlists playlists) {
        return new FindPlaylist(playlists);
    }

    @Bean
    FindNamedPlaylist findNamedPlaylist(Playlists playlists) {
        return new FindNamedPlaylist(playlists);
    }

    @Bean
    ReadPlaylist readPlaylist(Playlists playlists, Tracks tracks, Clock clock) {
        return new ReadPlaylist(playlists, tracks, clock);
    }

    @Bean
    RecommendPlaylists recommendPlaylists(Playlists playlists, Follows follows, FollowedUsers followed) {
        return new RecommendPlaylists(playlists, follows, followed);
    }

    @Bean
    UpdatePlaylist updatePlaylist(Playlists playlists, Covers covers, Clock clock) {
        return new UpdatePlaylist(playlists, covers, clock);
    }

    @Bean
    DeletePlaylist deletePlaylist(Playlists playlists) {
        return new DeletePlaylist(playlists);
    }

    @Bean
    CleanUpPlaylist cleanUpPlaylist(Covers covers, Follows follows) {
        return new CleanUpPlaylist(covers, follows);
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
    SettleTrack settleTrack(Playlists playlists, Tracks tracks, Clock clock) {
        return new SettleTrack(playlists, tracks, clock);
    }

    @Bean
    ListEntries listEntries(Playlists playlists, Tracks tracks) {
        return new ListEntries(playlists, tracks);
    }

    @Bean
    FindEntry findEntry(Playlists playlists) {
        return new FindEntry(playlists);
    }

    @Bean
    ChangeEntry changeEntry(Playlists playlists, Clock clock) {
        return new ChangeEntry(playlists, clock);
    }

    @Bean
    SettleEntry settleEntry(Playlists playlists, Clock clock) {
        return new SettleEntry(playlists, clock);
    }

    @Bean
    ManageCollaborators manageCollaborators(Playlists playlists, FindUser findUser, Clock clock) {
        return new ManageCollaborators(playlists, findUser, clock);
    }

    @Bean
    ListCollaborators listCollaborators(Playlists playlists, Users users) {
        return new ListCollaborators(playlists, users);
    }

    @Bean
    SharePlaylist sharePlaylist(Playlists playlists, ShareSettings settings, Clock clock) {
        return new SharePlaylist(playlists, settings, clock);
    }

    @Bean
    UnsharePlaylist unsharePlaylist(Playlists playlists) {
        return new UnsharePlaylist(playlists);
    }

    @Bean
    FollowPlaylist followPlaylist(Playlists playlists, Follows follows, Clock clock) {
        return new FollowPlaylist(playlists, follows, clock);
    }

    @Bean
    UnfollowPlaylist unfollowPlaylist(Playlists playlists, Follows follows) {
        return new UnfollowPlaylist(playlists, follows);
    }

    @Bean
    CountFollowers countFollowers(Playlists playlists, Follows follows) {
        return new CountFollowers(playlists, follows);
    }

    @Bean
    ErasePlaylists erasePlaylists(Playlists playlists, Follows follows, Clock clock) {
        return new ErasePlaylists(playlists, follows, clock);
    }

    @Bean
    ShowCover showCover(Playlists playlists, Covers covers) {
        return new ShowCover(playlists, covers);
    }

    @Bean
    SweepCovers sweepCovers(Covers covers, Playlists playlists, CoverSettings settings, Clock clock) {
        return new SweepCovers(covers, playlists, settings, clock);
    }

    @Bean
    PeriodicTask coverSweep(CoverSettings settings, SweepCovers covers) {
        return new PeriodicTask("sweeping pictures", settings.sweep(), covers::sweep);
    }
}
