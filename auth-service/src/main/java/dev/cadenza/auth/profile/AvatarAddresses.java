package dev.cadenza.auth.profile;

import dev.cadenza.auth.account.Account;
import dev.cadenza.platform.core.Versioned;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Addresses of pictures that are kept here. The name of a file begins with the id of the account that shows it. */
@Component
public class AvatarAddresses {

    private static final Pattern FILE =
            Pattern.compile("([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})-[0-9a-f]{16}\\.(?:jpg|png)");

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
        return owner(file).filter(account::equals).map(owner -> file);
    }

    /** Whose picture a file is; empty for what is none. */
    static Optional<UUID> owner(String file) {
        Matcher name = FILE.matcher(file);
        return name.matches() ? Optional.of(UUID.fromString(name.group(1))) : Optional.empty();
    }
}
