package dev.cadenza.launcher.infra;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * What the infrastructure process needs to know.
 *
 * @param data folder below which every stand-in keeps its files; absolute
 * @param kafkaPort port of the broker
 * @param kafkaControllerPort port of its controller
 * @param mongoPort port of the MongoDB wire server
 * @param s3Port port of the S3 server
 * @param s3AccessKey the one identity that the S3 server knows
 * @param s3SecretKey its secret
 * @param s3Bucket bucket that is made at start
 * @param smtpPort port of the mail server
 * @param mailPort port of the page that shows the mails, and of {@code /health}
 */
public record InfrastructureSettings(
        Path data,
        int kafkaPort,
        int kafkaControllerPort,
        int mongoPort,
        int s3Port,
        String s3AccessKey,
        String s3SecretKey,
        String s3Bucket,
        int smtpPort,
        int mailPort) {

    /** The only address that anything here listens on. */
    static final String LOOPBACK = "127.0.0.1";

    static InfrastructureSettings read(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        return new InfrastructureSettings(
                Path.of(text(properties, "data")).toAbsolutePath(),
                port(properties, "kafka.port"),
                port(properties, "kafka.controller-port"),
                port(properties, "mongo.port"),
                port(properties, "s3.port"),
                text(properties, "s3.access-key"),
                text(properties, "s3.secret-key"),
                text(properties, "s3.bucket"),
                port(properties, "smtp.port"),
                port(properties, "mail.port"));
    }

    /** The same as properties, as {@link InfrastructureMain} reads them from its file. */
    public Properties toProperties() {
        Properties properties = new Properties();
        properties.setProperty("data", data.toString());
        properties.setProperty("kafka.port", Integer.toString(kafkaPort));
        properties.setProperty("kafka.controller-port", Integer.toString(kafkaControllerPort));
        properties.setProperty("mongo.port", Integer.toString(mongoPort));
        properties.setProperty("s3.port", Integer.toString(s3Port));
        properties.setProperty("s3.access-key", s3AccessKey);
        properties.setProperty("s3.secret-key", s3SecretKey);
        properties.setProperty("s3.bucket", s3Bucket);
        properties.setProperty("smtp.port", Integer.toString(smtpPort));
        properties.setProperty("mail.port", Integer.toString(mailPort));
        return properties;
    }

    private static String text(Properties properties, String name) {
        String value = properties.getProperty(name);
        if (value == null) {
            throw new IllegalArgumentException("the setting " + name + " is missing");
        }
        return value;
    }

    private static int port(Properties properties, String name) {
        return Integer.parseInt(text(properties, name));
    }
}
