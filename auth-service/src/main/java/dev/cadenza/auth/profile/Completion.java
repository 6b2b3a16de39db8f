package dev.cadenza.auth.profile;

import dev.cadenza.auth.account.Account;
import java.util.List;
import java.util.Map;

/**
 * How much of the most wanted is told.
 *
 * @param percentage 100 when nothing is missing
 */
public record Completion(int percentage, List<String> missing) {

    /** Besides the username and the e-mail address, which every account has. */
    private static final List<Wanted> WANTED = List.of(
            new Wanted("first_name", ProfileField.FIRST_NAME),
            new Wanted("last_name", ProfileField.LAST_NAME),
            new Wanted("bio", ProfileField.BIO),
            new Wanted("avatar", ProfileField.AVATAR_URL),
            new Wanted("location", ProfileField.LOCATION),
            new Wanted("gender", ProfileField.GENDER));

    private static final int ALWAYS_THERE = 2;

    private record Wanted(String word, ProfileField field) {}

    static Completion of(Account account) {
        Map<ProfileField, String> told = ProfileField.told(account.profile());
        List<String> missing = WANTED.stream()
                .filter(wanted -> !told.containsKey(wanted.field))
                .map(Wanted::word)
                .toList();
        int all = WANTED.size() + ALWAYS_THERE;
        return new Completion(100 * (all - missing.size()) / all, missing);
    }
}
