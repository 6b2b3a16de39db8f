package dev.cadenza.launcher;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Properties;

/** Passwords and keys of one local stack, made at its first start and readable by its owner only. */
final class Secrets {

    private static final List<String> RANDOM = List.of(
            "s3.secret-key",
            "media.signing-secret",
            "auth.secret",
            "keycloak.admin.password",
            "keycloak.client.admin",
            "keycloak.client.veza",
            "keycloak.client.audionova",
            "keycloak.client.processing");
    private static final SecureRandom RANDOMNESS = new SecureRandom();

    private final Properties values;

    private Secrets(Properties values) {
        this.values = values;
    }

    /** Reads them from the folder, and makes those that are missing. */
    static Secrets in(Path folder) throws IOException {
        Path accountFile = accountFile(folder);
        Properties account = read(accountFile);
        boolean newAccount = account.putIfAbsent("username", "admin") == null;
        newAccount |= account.putIfAbsent("email", "admin@cadenza.localhost") == null;
        // a policy may ask for every kind of character
        newAccount |= account.putIfAbsent("password", random(15) + "-aA1") == null;
        if (newAccount) {
            write(accountFile, account, "The administrator of the platform, for every login of it");
        }
        Path file = folder.resolve("secrets.properties");
        Properties values = read(file);
        boolean newValues = values.putIfAbsent("s3.access-key", "cadenza") == null;
        newValues |= values.putIfAbsent("keycloak.admin.username", "keycloak-admin") == null;
        for (String name : RANDOM) {
            newValues |= values.putIfAbsent(name, random(24)) == null;
        }
        if (newValues) {
            write(file, values, "Made at the first start; whoever has these owns this stack");
        }
        account.forEach((name, value) -> values.put("admin." + name, value));
        return new Secrets(values);
    }

    /** Where the platform's first administrator can be read. */
    static Path accountFile(Path folder) {
        return folder.resolve("admin-account.properties");
    }

    String get(String name) {
        String value = values.getProperty(name);
        if (value == null) {
            throw new IllegalArgumentException("no secret is called " + name);
        }
        return value;
    }

    private static String random(int bytes) {
        byte[] random = new byte[bytes];
        RANDOMNESS.nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    private static Properties read(Path file) throws IOException {
        Properties properties = new Properties();
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                properties.load(reader);
            }
        }
        return properties;
    }

    private static void write(Path file, Properties properties, String comment) throws IOException {
        StringWriter text = new StringWriter();
        properties.store(text, comment);
        writePrivately(file, text.toString());
    }

    /** Replaces a file at once with one that only its owner can read. */
    static void writePrivately(Path file, String text) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.deleteIfExists(part);
        if (Files.getFileStore(file.getParent()).supportsFileAttributeView("posix")) {
            Files.createFile(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(part, text);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
