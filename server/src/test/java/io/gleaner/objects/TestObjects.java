package io.gleaner.objects;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStore;
import org.jclouds.blobstore.BlobStoreContext;
import org.jclouds.blobstore.options.ListContainerOptions;

/**
 * An S3 server on loopback that checks signatures, and goes away and comes back with what it had.
 */
public final class TestObjects implements AutoCloseable {

    private static final String BUCKET = "pages";
    private static final String ACCESS_KEY = "test-access";
    private static final String SECRET_KEY = "test-secret";

    private final BlobStoreContext context =
            ContextBuilder.newBuilder("transient").build(BlobStoreContext.class);
    private final BlobStore blobs = context.getBlobStore();
    private S3Proxy server;
    private final int port;

    public TestObjects() throws Exception {
        blobs.createContainerInLocation(null, BUCKET);
        server = serve(0);
        port = server.getPort();
    }

    private S3Proxy serve(int at) throws Exception {
        S3Proxy made =
                S3Proxy.builder()
                        .blobStore(blobs)
                        .endpoint(URI.create("http://127.0.0.1:" + at))
                        .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, ACCESS_KEY, SECRET_KEY)
                        // It knows no checksum but MD5, which it does check.
                        .ignoreUnknownHeaders(true)
                        .build();
        made.start();
        return made;
    }

    /** How it is reached. */
    public ObjectsConfig config() {
        return config(BUCKET, SECRET_KEY);
    }

    ObjectsConfig config(String bucket, String secret) {
        return new ObjectsConfig(
                bucket,
                URI.create("http://127.0.0.1:" + port),
                ObjectsConfig.REGION_DEFAULT,
                "",
                new ObjectsConfig.Credentials(ACCESS_KEY, secret));
    }

    /** The same as variables of a process. */
    public Map<String, String> environment() {
        return Map.of(
                "GLEANER_S3_BUCKET", BUCKET,
                "GLEANER_S3_ENDPOINT", "http://127.0.0.1:" + port,
                "GLEANER_S3_ACCESS_KEY", ACCESS_KEY,
                "GLEANER_S3_SECRET_KEY", SECRET_KEY);
    }

    /** Every key there is in the bucket, seen past the server. */
    public List<String> keys() {
        return blobs
                .list(BUCKET, ListContainerOptions.Builder.recursive().maxResults(1_000_000))
                .stream()
                .map(it -> it.getName())
                .toList();
    }

    /** Nobody listens any more; what it holds stays. */
    public void stop() throws Exception {
        server.stop();
    }

    public void start() throws Exception {
        server = serve(port);
        assertThat(server.getPort()).isEqualTo(port);
    }

    @Override
    public void close() throws IOException {
        try {
            server.stop();
        } catch (Exception e) { // As it is declared.
            throw new IOException(e);
        } finally {
            context.close();
        }
    }
}
