package dev.cadenza.platform.testing;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/** An S3 server over a temporary folder, which goes away with the JVM. */
public final class TestS3 {

    private static final String ACCESS_KEY = "test-access-key";
    private static final String SECRET_KEY = "test-secret-key";

    private TestS3() {}

    /** Address, such as {@code http://127.0.0.1:40123}. */
    public static String endpoint() {
        return Running.ENDPOINT;
    }

    /** The one identity that is known. */
    public static String accessKey() {
        return ACCESS_KEY;
    }

    /** Its secret. */
    public static String secretKey() {
        return SECRET_KEY;
    }

    /** Name of a bucket that exists already. */
    public static String bucket() {
        return "cadenza";
    }

    /** Folder that holds the buckets, for tests that look at what was left behind. */
    public static Path folder() {
        return Running.FOLDER;
    }

    private static final class Running {

        static final Path FOLDER;
        static final String ENDPOINT;

        static {
            try {
                FOLDER = Files.createTempDirectory("cadenza-test-s3-").toRealPath();
                Files.createDirectory(FOLDER.resolve(bucket()));
                S3Proxy proxy = S3Proxy.builder()
                        .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, ACCESS_KEY, SECRET_KEY)
                        .endpoint(URI.create("http://127.0.0.1:0"))
                        .ignoreUnknownHeaders(true)
                        .jettyMaxThreads(24)
                        .blobStore(new FilesystemNio2BlobStore(FOLDER.toString()))
                        .build();
                proxy.start();
                ENDPOINT = "http://127.0.0.1:" + proxy.getPort();
                Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(proxy), "test-s3-stop"));
            } catch (Exception e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        private static void stop(S3Proxy proxy) {
            try {
                proxy.stop();
            } catch (Exception e) {
                // the JVM is on its way out: only the folder matters
            }
            try {
                delete(FOLDER);
            } catch (IOException e) {
                // the system's own cleaning of its temporary folder gets it
            }
        }

        private static void delete(Path folder) throws IOException {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(
                        Path directory, @org.jspecify.annotations.Nullable IOException failed) throws IOException {
                    Files.delete(directory);
                    return FileVisitResult.CONTINUE;
                }
            });
        }
    }
}
