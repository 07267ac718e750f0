package io.gleaner.objects;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.LegacyMd5Plugin;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;

/**
 * Folders of objects in a bucket, below a space of this installation's own: what another one keeps
 * in the same bucket is never seen.
 */
public final class ObjectStore implements AutoCloseable {

    /** Folders that are answered at once. */
    public static final int FOLDERS_MAX = 1_000;

    /** What one request for deletion may name. */
    private static final int DELETED_AT_ONCE = 1_000;

    private static final Duration CONNECT_MAX = Duration.ofSeconds(3);
    private static final Duration SILENCE_MAX = Duration.ofSeconds(4);
    private static final Duration CALL_MAX = Duration.ofMinutes(1);
    private static final Duration PROBE_MAX = Duration.ofSeconds(5);
    private static final int REQUEST_TIMEOUT = 408;
    private static final Pattern FOLDER =
            Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final S3Client client;
    private final ObjectsConfig config;
    private final String space;
    private final ObjectsOutage outage;
    private final MeterRegistry metrics;

    private ObjectStore(S3Client client, ObjectsConfig config, UUID space, MeterRegistry metrics) {
        this.client = client;
        this.config = config;
        this.space = config.prefix() + space + "/";
        this.metrics = metrics;
        this.outage = new ObjectsOutage(() -> probe().map(Problem::text), metrics);
    }

    private record Problem(String text, boolean refused) {}

    /**
     * Begins to use a bucket. One that cannot be reached now may be reached later.
     *
     * @param space of this installation
     * @throws ObjectsException when the store answers that it will not serve us
     */
    public static ObjectStore open(ObjectsConfig config, UUID space, MeterRegistry metrics) {
        var store = new ObjectStore(client(config), config, space, metrics);
        Optional<Problem> problem = store.probe();
        if (problem.isPresent() && problem.get().refused()) {
            store.close();
            throw ObjectsException.refusal(problem.get().text(), null);
        }
        problem.ifPresent(it -> store.outage.suspected());
        return store;
    }

    private static S3Client client(ObjectsConfig config) {
        var builder =
                S3Client.builder()
                        .httpClientBuilder(
                                UrlConnectionHttpClient.builder()
                                        .connectionTimeout(CONNECT_MAX)
                                        .socketTimeout(SILENCE_MAX))
                        .region(Region.of(config.region()))
                        .credentialsProvider(credentials(config))
                        // What newer clients add is unknown to many stores.
                        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                        .addPlugin(LegacyMd5Plugin.create())
                        .serviceConfiguration(
                                S3Configuration.builder()
                                        .pathStyleAccessEnabled(config.endpoint() != null)
                                        .chunkedEncodingEnabled(false)
                                        .expectContinueEnabled(false)
                                        .build())
                        .overrideConfiguration(
                                it ->
                                        it.apiCallTimeout(CALL_MAX)
                                                .retryStrategy(RetryMode.STANDARD));
        if (config.endpoint() != null) {
            builder.endpointOverride(config.endpoint());
        }
        return builder.build();
    }

    private static AwsCredentialsProvider credentials(ObjectsConfig config) {
        ObjectsConfig.Credentials own = config.credentials();
        return own == null
                ? DefaultCredentialsProvider.builder().build()
                : StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(own.accessKey(), own.secretKey()));
    }

    /** Why the store cannot be used now, for people; empty when it can. */
    public Optional<String> problem() {
        return outage.problem();
    }

    /** Writes an object, or the same once more. It is durable when this returns. */
    public void put(UUID folder, UUID name, byte[] content) {
        call(
                "put",
                () ->
                        client.putObject(
                                it ->
                                        it.bucket(config.bucket())
                                                .key(key(folder, name))
                                                .contentType("application/octet-stream"),
                                RequestBody.fromBytes(content)));
    }

    /** The whole of an object. */
    public byte[] get(UUID folder, UUID name) {
        return call(
                "get",
                () ->
                        client.getObjectAsBytes(
                                        it -> it.bucket(config.bucket()).key(key(folder, name)))
                                .asByteArray());
    }

    /** An object as a stream, to be closed. It is there when this returns. */
    public InputStream open(UUID folder, UUID name) {
        return call(
                "open",
                () -> client.getObject(it -> it.bucket(config.bucket()).key(key(folder, name))));
    }

    /**
     * Folders that hold something, in their order.
     *
     * @param after the last one known, or null for the first ones
     * @return at most {@link #FOLDERS_MAX}; none when there are no more
     */
    public List<UUID> folders(@Nullable UUID after) {
        ListObjectsV2Response answer =
                call(
                        "folders",
                        () ->
                                client.listObjectsV2(
                                        it ->
                                                it.bucket(config.bucket())
                                                        .prefix(space)
                                                        .delimiter("/")
                                                        .maxKeys(FOLDERS_MAX)
                                                        // The character behind the slash: so all of
                                                        // that folder is passed over.
                                                        .startAfter(
                                                                after == null
                                                                        ? null
                                                                        : space + after + "0")));
        List<UUID> folders = new ArrayList<>();
        answer.commonPrefixes()
                .forEach(
                        it -> {
                            String name =
                                    it.prefix().substring(space.length(), it.prefix().length() - 1);
                            if (FOLDER.matcher(name).matches()) {
                                folders.add(UUID.fromString(name));
                            }
                        });
        return folders;
    }

    /**
     * Deletes a folder with all that is in it.
     *
     * @return how many objects that was
     */
    public int delete(UUID folder) {
        int deleted = 0;
        while (true) {
            List<ObjectIdentifier> found =
                    call("list", () -> list(space + folder + "/", DELETED_AT_ONCE))
                            .contents()
                            .stream()
                            .map(it -> ObjectIdentifier.builder().key(it.key()).build())
                            .toList();
            if (found.isEmpty()) {
                return deleted;
            }
            var answer =
                    call(
                            "delete",
                            () ->
                                    client.deleteObjects(
                                            it ->
                                                    it.bucket(config.bucket())
                                                            .delete(
                                                                    all ->
                                                                            all.objects(found)
                                                                                    .quiet(true))));
            if (answer.hasErrors()) {
                throw ObjectsException.refusal(
                        "%s: an object cannot be deleted: %s"
                                .formatted(config.where(), answer.errors().getFirst().message()),
                        null);
            }
            deleted += found.size();
        }
    }

    private String key(UUID folder, UUID name) {
        return space + folder + "/" + name;
    }

    private ListObjectsV2Response list(String prefix, int most) {
        return client.listObjectsV2(
                it ->
                        it.bucket(config.bucket())
                                .prefix(prefix)
                                .maxKeys(most)
                                .overrideConfiguration(own -> own.apiCallTimeout(PROBE_MAX)));
    }

    private <T> T call(String name, Supplier<T> request) {
        outage.check();
        var sample = Timer.start(metrics);
        String outcome = "failed";
        try {
            T answer = request.get();
            outcome = "done";
            return answer;
        } catch (SdkException e) {
            Problem problem = problem(e);
            if (problem.refused() && isOfTheObject(e)) {
                throw ObjectsException.refusal(problem.text(), e);
            }
            outage.suspected();
            throw ObjectsException.of(problem.text(), e);
        } finally {
            sample.stop(
                    Timer.builder("gleaner.objects")
                            .description("Requests to the object store")
                            .tag("request", name)
                            .tag("outcome", outcome)
                            .register(metrics));
        }
    }

    private Optional<Problem> probe() {
        try {
            list(space, 1);
            return Optional.empty();
        } catch (SdkException e) {
            return Optional.of(problem(e));
        }
    }

    /**
     * An object that is not there, too large or misnamed; not a bucket or a right that is missing.
     */
    private static boolean isOfTheObject(SdkException e) {
        return e instanceof AwsServiceException answer
                && answer.awsErrorDetails() != null
                && switch (String.valueOf(answer.awsErrorDetails().errorCode())) {
                    case "NoSuchKey", "EntityTooLarge", "KeyTooLongError", "InvalidRequest" -> true;
                    default -> false;
                };
    }

    private Problem problem(SdkException e) {
        if (e instanceof AwsServiceException answer) {
            int status = answer.statusCode();
            String code =
                    answer.awsErrorDetails() == null
                            ? ""
                            : String.valueOf(answer.awsErrorDetails().errorCode());
            return new Problem(
                    "%s answers %d %s%s".formatted(config.where(), status, code, cure(code)),
                    status >= 400 && status < 500 && status != REQUEST_TIMEOUT && status != 429);
        }
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return new Problem(
                "%s cannot be reached: %s".formatted(config.where(), firstLine(root)), false);
    }

    private static String cure(String code) {
        return switch (code) {
            case "NoSuchBucket" -> ": make the bucket, or correct GLEANER_S3_BUCKET";
            case "AccessDenied" ->
                    ": allow the key to list, read, write and delete below its prefix";
            case "InvalidAccessKeyId", "SignatureDoesNotMatch" ->
                    ": correct GLEANER_S3_ACCESS_KEY and GLEANER_S3_SECRET_KEY";
            case "RequestTimeTooSkewed" -> ": set this machine's clock";
            default -> "";
        };
    }

    private static String firstLine(Throwable cause) {
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse("")
                + " ("
                + cause.getClass().getSimpleName()
                + ")";
    }

    @Override
    public void close() {
        outage.close();
        client.close();
    }
}
