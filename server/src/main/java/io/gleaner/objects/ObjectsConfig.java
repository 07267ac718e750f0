package io.gleaner.objects;

import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where objects lie.
 *
 * @param bucket exists already
 * @param endpoint of a store that is not Amazon's, or null for Amazon's in the region
 * @param region as the store names it; most other than Amazon's take any
 * @param prefix of all keys, empty or ending with a slash
 * @param credentials or null for those of the machine: a role, a container's, AWS_* variables
 */
public record ObjectsConfig(
        String bucket,
        @Nullable URI endpoint,
        String region,
        String prefix,
        @Nullable Credentials credentials) {

    public static final String REGION_DEFAULT = "us-east-1";

    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    private static final Pattern PREFIX = Pattern.compile("([A-Za-z0-9_.-]{1,100}/){0,5}");
    private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,40}");

    /** A key pair. */
    public record Credentials(String accessKey, String secretKey) {

        /** Without the secret. */
        @Override
        public String toString() {
            return "access key " + accessKey;
        }
    }

    /**
     * @throws IllegalArgumentException naming what is wrong and what is accepted
     */
    public ObjectsConfig {
        require(
                BUCKET.matcher(bucket).matches(),
                "bucket",
                bucket,
                "3 to 63 of a-z, 0-9, '.' and '-'");
        require(REGION.matcher(region).matches(), "region", region, "a name like eu-central-1");
        require(
                PREFIX.matcher(prefix).matches(),
                "prefix",
                prefix,
                "names of A-Z, a-z, 0-9, '_', '.' and '-', each with a '/' behind it");
        if (endpoint != null) {
            boolean web =
                    "https".equals(endpoint.getScheme()) || "http".equals(endpoint.getScheme());
            require(
                    web && endpoint.getHost() != null && endpoint.getUserInfo() == null,
                    "endpoint",
                    String.valueOf(endpoint.getHost()),
                    "a URL like https://s3.example.com:9000, without user and password");
        }
    }

    private static void require(boolean fine, String name, String value, String accepted) {
        if (!fine) {
            throw new IllegalArgumentException(
                    "the object store's %s is '%s': accepted is %s"
                            .formatted(name, value, accepted));
        }
    }

    /** The bucket, and whose. */
    String where() {
        return "bucket %s at %s"
                .formatted(
                        bucket, endpoint == null ? "Amazon, " + region : endpoint.getAuthority());
    }
}
