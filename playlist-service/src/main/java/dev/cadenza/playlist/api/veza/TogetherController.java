package dev.cadenza.playlist.api.veza;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.web.VezaEnvelope;
import dev.cadenza.platform.web.security.Caller;
import dev.cadenza.platform.web.security.OpenRoutes;
import dev.cadenza.playlist.api.CoverAddresses;
import dev.cadenza.playlist.api.veza.PlaylistJson.CollaboratorsJson;
import dev.cadenza.playlist.api.veza.PlaylistJson.DetailsJson;
import dev.cadenza.playlist.api.veza.PlaylistJson.FollowJson;
import dev.cadenza.playlist.api.veza.PlaylistJson.OneJson;
import dev.cadenza.playlist.api.veza.PlaylistJson.ShareJson;
import dev.cadenza.playlist.playlist.FollowPlaylist;
import dev.cadenza.playlist.playlist.ListCollaborators;
import dev.cadenza.playlist.playlist.ManageCollaborators;
import dev.cadenza.playlist.playlist.ManageCollaborators.Decision;
import dev.cadenza.playlist.playlist.Permission;
import dev.cadenza.playlist.playlist.ReadPlaylist;
import dev.cadenza.playlist.playlist.SharePlaylist;
import dev.cadenza.playlist.playlist.UnfollowPlaylist;
import dev.cadenza.playlist.playlist.UnsharePlaylist;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpMethod;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What several people have to do with one playlist: collaborators, links, followers. */
@RestController
@RequestMapping("/api/v1/playlists")
class TogetherController {

    private final ManageCollaborators manageCollaborators;
    private final ListCollaborators listCollaborators;
    private final SharePlaylist sharePlaylist;
    private final UnsharePlaylist unsharePlaylist;
    private final ReadPlaylist readPlaylist;
    private final FollowPlaylist followPlaylist;
    private final UnfollowPlaylist unfollowPlaylist;
    private final CoverAddresses covers;
    private final String base;

    TogetherController(
            ManageCollaborators manageCollaborators,
            ListCollaborators listCollaborators,
            SharePlaylist sharePlaylist,
            UnsharePlaylist unsharePlaylist,
            ReadPlaylist readPlaylist,
            FollowPlaylist followPlaylist,
            UnfollowPlaylist unfollowPlaylist,
            CoverAddresses covers,
            @Value("${cadenza.public-base-url}") String publicBaseUrl) {
        this.manageCollaborators = manageCollaborators;
        this.listCollaborators = listCollaborators;
        this.sharePlaylist = sharePlaylist;
        this.unsharePlaylist = unsharePlaylist;
        this.readPlaylist = readPlaylist;
        this.followPlaylist = followPlaylist;
        this.unfollowPlaylist = unfollowPlaylist;
        this.covers = covers;
        this.base = publicBaseUrl;
    }

    /** Routes that need no identity. */
    @Bean
    static OpenRoutes openSharedPlaylists() {
        return OpenRoutes.of(HttpMethod.GET, "/api/v1/playlists/shared/{token}");
    }

    @PostMapping("/{id}/collaborators")
    Mono<VezaEnvelope<VezaEnvelope.Message>> invite(
            @PathVariable UUID id, @RequestBody InvitationJson body, Caller caller) {
        UUID user = body.userId();
        if (user == null) {
            return Mono.error(Failure.invalidField("user_id", "Name a user."));
        }
        return decide(
                id,
                caller,
                user,
                new Decision.Invite(permission(body.permission())),
                "Collaborator added successfully");
    }

    @GetMapping("/{id}/collaborators")
    Mono<VezaEnvelope<CollaboratorsJson>> collaborators(@PathVariable UUID id, Caller caller) {
        return listCollaborators
                .list(id, caller.id())
                .map(collaborators -> VezaEnvelope.data(CollaboratorsJson.of(collaborators)));
    }

    @PutMapping("/{id}/collaborators/{userId}")
    Mono<VezaEnvelope<VezaEnvelope.Message>> permit(
            @PathVariable UUID id, @PathVariable UUID userId, @RequestBody PermissionJson body, Caller caller) {
        return decide(
                id,
                caller,
                userId,
                new Decision.Permit(permission(body.permission())),
                "Collaborator permission updated");
    }

    @DeleteMapping("/{id}/collaborators/{userId}")
    Mono<VezaEnvelope<VezaEnvelope.Message>> dismiss(@PathVariable UUID id, @PathVariable UUID userId, Caller caller) {
        return decide(id, caller, userId, new Decision.Dismiss(), "Collaborator removed successfully");
    }

    private Mono<VezaEnvelope<VezaEnvelope.Message>> decide(
            UUID id, Caller caller, UUID about, Decision decision, String message) {
        return manageCollaborators.decide(id, caller.id(), about, decision).map(done -> VezaEnvelope.message(message));
    }

    @PostMapping("/{id}/share")
    Mono<VezaEnvelope<ShareJson>> share(@PathVariable UUID id, Caller caller) {
        return sharePlaylist
                .share(id, caller.id())
                .map(shared -> VezaEnvelope.data(new ShareJson(
                        shared.token(), base + "/api/v1/playlists/shared/" + shared.token(), shared.expiresAt())));
    }

    @DeleteMapping("/{id}/share")
    Mono<VezaEnvelope<VezaEnvelope.Message>> unshare(@PathVariable UUID id, Caller caller) {
        return unsharePlaylist
                .unshare(id, caller.id())
                .then(Mono.fromSupplier(() -> VezaEnvelope.message("Share links revoked successfully")));
    }

    @GetMapping("/shared/{token}")
    Mono<VezaEnvelope<OneJson<DetailsJson>>> shared(@PathVariable String token, Optional<Caller> caller) {
        return readPlaylist
                .shared(token, caller.map(Caller::id).orElse(null))
                .map(contents -> VezaEnvelope.data(new OneJson<>(DetailsJson.of(contents, covers))));
    }

    @PostMapping("/{id}/follow")
    Mono<VezaEnvelope<FollowJson>> follow(@PathVariable UUID id, Caller caller) {
        return followPlaylist
                .follow(id, caller.id(), caller.username())
                .map(playlist -> VezaEnvelope.data(
                        new FollowJson("Playlist followed", playlist.state().followerCount())));
    }

    @DeleteMapping("/{id}/follow")
    Mono<VezaEnvelope<FollowJson>> unfollow(@PathVariable UUID id, Caller caller) {
        return unfollowPlaylist
                .unfollow(id, caller.id())
                .map(playlist -> VezaEnvelope.data(
                        new FollowJson("Playlist unfollowed", playlist.state().followerCount())));
    }

    private static Permission permission(@Nullable String word) {
        return switch (word == null ? "" : word) {
            case "read" -> Permission.READ;
            case "write" -> Permission.WRITE;
            case "admin" -> Permission.ADMIN;
            default -> throw Failure.invalidField("permission", "A permission is read, write or admin.");
        };
    }

    record InvitationJson(@Nullable UUID userId, @Nullable String permission) {}

    record PermissionJson(@Nullable String permission) {}
}
