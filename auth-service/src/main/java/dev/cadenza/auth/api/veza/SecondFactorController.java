package dev.cadenza.auth.api.veza;

import dev.cadenza.auth.account.Password;
import dev.cadenza.auth.account.ShowAccount;
import dev.cadenza.auth.login.AddSecondFactor;
import dev.cadenza.auth.login.RemoveSecondFactor;
import dev.cadenza.auth.secondfactor.ConfirmSecondFactor;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Failure.Violation;
import dev.cadenza.platform.core.identity.ClientOrigin;
import dev.cadenza.platform.web.VezaEnvelope;
import dev.cadenza.platform.web.dialect.Problems;
import dev.cadenza.platform.web.security.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** The document knows that accounts may have a second factor, and not how they come by one. */
@RestController("vezaSecondFactorController")
@RequestMapping("/api/v1/auth/2fa")
class SecondFactorController {

    private final AddSecondFactor add;
    private final ConfirmSecondFactor confirm;
    private final RemoveSecondFactor remove;
    private final ShowAccount show;

    SecondFactorController(
            AddSecondFactor add, ConfirmSecondFactor confirm, RemoveSecondFactor remove, ShowAccount show) {
        this.add = add;
        this.confirm = confirm;
        this.remove = remove;
        this.show = show;
    }

    @PostMapping
    Mono<VezaEnvelope<AuthJson.Enrolment>> offer(
            Caller caller, @RequestBody(required = false) AuthJson.@Nullable PasswordOnly body, ClientOrigin origin) {
        return Mono.defer(() -> {
                    UUID account = caller.requireAccountUse().id();
                    List<Violation> missing = new ArrayList<>();
                    String password =
                            AuthController.present("password", body == null ? null : body.password(), missing);
                    if (!missing.isEmpty()) {
                        throw Failure.invalid(missing);
                    }
                    return show.show(account)
                            .switchIfEmpty(Mono.error(Problems.UNAUTHENTICATED::asException))
                            .flatMap(owner -> add.begin(AuthController.CLIENT, owner, new Password(password), origin));
                })
                .map(made -> VezaEnvelope.data(new AuthJson.Enrolment(made.secret(), made.uri())));
    }

    @PostMapping("/confirm")
    Mono<VezaEnvelope<VezaEnvelope.Message>> confirm(Caller caller, @RequestBody AuthJson.Code body) {
        return Mono.defer(() -> {
                    List<Violation> missing = new ArrayList<>();
                    String otp = AuthController.present("otp", body.otp(), missing);
                    if (!missing.isEmpty()) {
                        throw Failure.invalid(missing);
                    }
                    return confirm.confirm(caller.requireAccountUse().id(), otp.strip());
                })
                .then(Mono.fromSupplier(() -> VezaEnvelope.message("Two-factor authentication enabled")));
    }

    @DeleteMapping
    Mono<VezaEnvelope<VezaEnvelope.Message>> remove(
            Caller caller, @RequestBody AuthJson.PasswordAndCode body, ClientOrigin origin) {
        return Mono.defer(() -> {
                    List<Violation> missing = new ArrayList<>();
                    String password = AuthController.present("password", body.password(), missing);
                    String otp = AuthController.present("otp", body.otp(), missing);
                    if (!missing.isEmpty()) {
                        throw Failure.invalid(missing);
                    }
                    return show.show(caller.requireAccountUse().id())
                            .switchIfEmpty(Mono.error(Problems.UNAUTHENTICATED::asException))
                            .flatMap(account ->
                                    remove.remove(AuthController.CLIENT, account, new Password(password), otp, origin));
                })
                .then(Mono.fromSupplier(() -> VezaEnvelope.message("Two-factor authentication disabled")));
    }
}
