package dev.cadenza.auth.mail;

import java.util.Locale;

/** What a mail is about; each kind has a template in text and one in HTML. */
public enum MailKind {
    /** Proves the address: carries a token. */
    VERIFY,
    /** Sets another password: carries a token. */
    RESET,
    /** The password was changed. */
    PASSWORD_CHANGED,
    /** An administrator has removed the second factor. */
    SECOND_FACTOR_REMOVED,
    /** Somebody logged in from a device that was not seen before. */
    NEW_LOGIN,
    /** The account is gone. */
    ACCOUNT_DELETED;

    /** Name of its templates. */
    String template() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
