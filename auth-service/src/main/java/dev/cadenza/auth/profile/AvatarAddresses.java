package dev.cadenza.auth.profile;

import dev.cadenza.auth.account.Account;
import dev.cadenza.platform.audio.Pictures;
import dev.cadenza.platform.core.Versioned;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Addresses of pictures that are kept here. */
@Component
public class AvatarAddresses {

    private final String address;

    AvatarAddresses(AvatarSettings settings) {
        this.address = settings.address().endsWith("/") ? settings.address() : settings.address() + "/";
    }

    /** Address of the picture that an account shows, here or elsewhere; null for none. */
    public @Nullable String shown(Versioned<Account> account) {
        String told = account.state().profile().avatarUrl();
        // the platform may have moved since it was told
        return file(account.id(), told).map(this::of).orElse(told);
    }

    String of(String file) {
        return address + file;
    }

    /** The file of this account that an address, perhaps one of former times, leads to. */
    Optional<String> file(UUID account, @Nullable String told) {
        if (told == null) {
            return Optional.empty();
        }
        String file = told.substring(told.lastIndexOf('/') + 1);
        return Pictures.owner(file).filter(account::equals).map(owner -> file);
    }
}
