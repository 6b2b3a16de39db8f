package dev.cadenza.launcher.infra;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.jspecify.annotations.Nullable;

/** An S3 server over a folder: each bucket a folder, each object a file. */
final class ObjectServer implements StandIn {

    private final Path data;
    private final int port;
    private final String accessKey;
    private final String secretKey;
    private final String bucket;
    private @Nullable S3Proxy server;

    ObjectServer(Path data, int port, String accessKey, String secretKey, String bucket) {
        this.data = data;
        this.port = port;
        this.accessKey = accessKey;
        this.secretKey = secretKey;
        this.bucket = bucket;
    }

    @Override
    public String name() {
        return "s3";
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public synchronized void start() throws Exception {
        if (server != null) {
            return;
        }
        Files.createDirectories(data.resolve(bucket));
        S3Proxy starting = S3Proxy.builder()
                .blobStore(new FilesystemNio2BlobStore(data.toRealPath().toString()))
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, accessKey, secretKey)
                .endpoint(URI.create("http://" + InfrastructureSettings.LOOPBACK + ":" + port))
                .ignoreUnknownHeaders(true)
                .jettyMaxThreads(48)
                .build();
        starting.start();
        server = starting;
    }

    @Override
    public synchronized void stop() throws Exception {
        S3Proxy running = server;
        if (running != null) {
            server = null;
            running.stop();
        }
    }
}
