package dev.cadenza.auth.api.veza;

import dev.cadenza.auth.account.Account;
import dev.cadenza.auth.profile.AvatarAddresses;
import dev.cadenza.auth.profile.AvatarSettings;
import dev.cadenza.auth.profile.ChangeAvatar;
import dev.cadenza.auth.profile.MeasureCompletion;
import dev.cadenza.auth.profile.ProfileChange;
import dev.cadenza.auth.profile.RemoveAccount;
import dev.cadenza.auth.profile.RemoveAvatar;
import dev.cadenza.auth.profile.ShowProfile;
import dev.cadenza.auth.profile.UpdateProfile;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.web.Uploads;
import dev.cadenza.platform.web.VezaEnvelope;
import dev.cadenza.platform.web.security.Caller;
import dev.cadenza.platform.web.security.OpenRoutes;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.codec.multipart.FilePart;
import org.springframework.http.codec.multipart.Part;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Users: profiles, their pictures, and the end of an account. */
@RestController("vezaUserController")
@RequestMapping("/api/v1/users")
class UserController {

    private final ShowProfile show;
    private final UpdateProfile update;
    private final MeasureCompletion completion;
    private final ChangeAvatar changeAvatar;
    private final RemoveAvatar removeAvatar;
    private final RemoveAccount remove;
    private final AvatarAddresses avatars;
    private final AvatarSettings settings;

    UserController(
            ShowProfile show,
            UpdateProfile update,
            MeasureCompletion completion,
            ChangeAvatar changeAvatar,
            RemoveAvatar removeAvatar,
            RemoveAccount remove,
            AvatarAddresses avatars,
            AvatarSettings settings) {
        this.show = show;
        this.update = update;
        this.completion = completion;
        this.changeAvatar = changeAvatar;
        this.removeAvatar = removeAvatar;
        this.remove = remove;
        this.avatars = avatars;
        this.settings = settings;
    }

    /** Routes that need no identity. */
    @Bean
    static OpenRoutes openUsers() {
        return OpenRoutes.of(HttpMethod.GET, "/api/v1/users/{id}", "/api/v1/users/by-username/{username}");
    }

    @GetMapping("/{id}")
    Mono<VezaEnvelope<UserJson.One>> one(@PathVariable UUID id, Optional<Caller> caller) {
        return show.byId(id).map(account -> profile(account, caller));
    }

    @GetMapping("/by-username/{username}")
    Mono<VezaEnvelope<UserJson.One>> oneByName(@PathVariable String username, Optional<Caller> caller) {
        return show.byUsername(username).map(account -> profile(account, caller));
    }

    @Operation(
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content = @Content(schema = @Schema(implementation = UserJson.ProfileUpdate.class))))
    @PutMapping("/{id}")
    Mono<VezaEnvelope<UserJson.One>> update(
            @PathVariable UUID id, @RequestBody Map<String, @Nullable Object> body, Caller caller) {
        return Mono.defer(() -> update.update(Actors.changing(caller), id, ProfileChange.of(named(body))))
                .map(this::own);
    }

    /** The dialect shows the picture under a name of its own, so it takes it under that too. */
    private static Map<String, @Nullable Object> named(Map<String, @Nullable Object> body) {
        if (!body.containsKey("avatar")) {
            return body;
        }
        Map<String, @Nullable Object> named = new HashMap<>(body);
        named.putIfAbsent("avatar_url", named.remove("avatar"));
        return named;
    }

    @GetMapping("/{id}/completion")
    Mono<VezaEnvelope<UserJson.Completion>> completion(@PathVariable UUID id, Caller caller) {
        return completion
                .measure(Actors.looking(caller), id)
                .map(found -> VezaEnvelope.data(new UserJson.Completion(found.percentage(), found.missing())));
    }

    @Operation(
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.MULTIPART_FORM_DATA_VALUE,
                                            schema = @Schema(implementation = UserJson.AvatarForm.class))))
    @PostMapping(path = "/{id}/avatar", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    Mono<VezaEnvelope<UserJson.One>> changeAvatar(@PathVariable UUID id, ServerWebExchange exchange, Caller caller) {
        // the exchange's own form: its parts leave the disk with the exchange, those that nobody wants too
        return exchange.getMultipartData()
                .map(UserController::picture)
                .flatMap(part -> Uploads.withFile(
                        part,
                        settings.maxFileSize(),
                        file -> changeAvatar.change(Actors.changing(caller), id, file.path())))
                .map(this::own);
    }

    private static FilePart picture(MultiValueMap<String, Part> parts) {
        for (String name : new String[] {"avatar", "file"}) {
            if (parts.getFirst(name) instanceof FilePart file) {
                return file;
            }
        }
        throw Failure.unreadable("upload.file_missing", "The form must have a file in the field 'avatar'.");
    }

    @DeleteMapping("/{id}/avatar")
    Mono<VezaEnvelope<UserJson.One>> removeAvatar(@PathVariable UUID id, Caller caller) {
        return removeAvatar.remove(Actors.changing(caller), id).map(this::own);
    }

    @DeleteMapping("/{id}")
    Mono<VezaEnvelope<VezaEnvelope.Message>> remove(@PathVariable UUID id, Caller caller) {
        return Mono.defer(() -> remove.remove(Actors.changing(caller.requireAccountUse()), id))
                .then(Mono.fromSupplier(() -> VezaEnvelope.message("Account deleted successfully")));
    }

    private VezaEnvelope<UserJson.One> profile(Versioned<Account> account, Optional<Caller> caller) {
        return caller.map(Actors::looking)
                        .filter(viewer -> viewer.mayUse(account.id()))
                        .isPresent()
                ? own(account)
                : VezaEnvelope.data(new UserJson.One(UserJson.Open.of(account, avatars.shown(account))));
    }

    private VezaEnvelope<UserJson.One> own(Versioned<Account> account) {
        return VezaEnvelope.data(new UserJson.One(UserJson.Own.of(account, avatars.shown(account))));
    }
}
