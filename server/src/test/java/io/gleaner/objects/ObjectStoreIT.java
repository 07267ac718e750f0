package io.gleaner.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Objects in a real S3 server. */
class ObjectStoreIT {

    private static final UUID JOB = new UUID(1, 1);

    private final TestObjects server = new TestObjects();
    private final UUID space = UUID.randomUUID();
    private final ObjectStore store = open(space);

    ObjectStoreIT() throws Exception {}

    @AfterEach
    void close() throws Exception {
        store.close();
        server.close();
    }

    private ObjectStore open(UUID of) {
        return ObjectStore.open(server.config(), of, new SimpleMeterRegistry());
    }

    @Test
    void whatIsWrittenIsReadWholeAndAsAStream() throws Exception {
        byte[] bytes = new byte[300_000];
        bytes[299_999] = 7;
        UUID name = UUID.randomUUID();
        store.put(JOB, name, bytes);
        store.put(JOB, name, bytes);

        assertThat(store.get(JOB, name)).isEqualTo(bytes);
        try (var in = store.open(JOB, name)) {
            assertThat(in.readAllBytes()).isEqualTo(bytes);
        }
        assertThat(server.keys()).containsExactly(space + "/" + JOB + "/" + name);
    }

    @Test
    void anObjectThatIsNotThereIsARefusalAndNoOutage() {
        assertThatExceptionOfType(ObjectsException.class)
                .isThrownBy(() -> store.get(JOB, UUID.randomUUID()))
                .matches(ObjectsException::isRefusal)
                .withMessageContaining("404 NoSuchKey");
        assertThat(store.problem()).isEmpty();
    }

    @Test
    void aFolderGoesWithAllThatIsInItAndNoOther() {
        var other = new UUID(1, 2);
        IntStream.range(0, 1_100)
                .parallel()
                .forEach(n -> store.put(JOB, UUID.randomUUID(), new byte[] {1}));
        store.put(other, UUID.randomUUID(), new byte[] {1});

        assertThat(store.folders(null)).containsExactly(JOB, other);
        assertThat(store.folders(JOB)).containsExactly(other);
        assertThat(store.folders(other)).isEmpty();
        assertThat(store.delete(JOB)).isEqualTo(1_100);
        assertThat(store.folders(null)).containsExactly(other);
    }

    @Test
    void anInstallationNeverSeesWhatAnotherKeepsInTheSameBucket() {
        try (ObjectStore neighbour = open(UUID.randomUUID())) {
            neighbour.put(JOB, UUID.randomUUID(), new byte[] {1});
            assertThat(store.folders(null)).isEmpty();
            assertThat(store.delete(JOB)).isZero();
            assertThat(neighbour.folders(null)).containsExactly(JOB);
        }
    }

    @Test
    void anOutageIsToldRefusedAtOnceAndOverByItself() throws Exception {
        UUID name = UUID.randomUUID();
        store.put(JOB, name, new byte[] {1});
        server.stop();
        assertThatExceptionOfType(ObjectsException.class)
                .isThrownBy(() -> store.get(JOB, name))
                .withMessageContaining("bucket pages at 127.0.0.1:")
                .withMessageContaining("cannot be reached");
        await().until(() -> store.problem().isPresent());
        assertThatExceptionOfType(ObjectsException.class)
                .isThrownBy(() -> store.get(JOB, name))
                .matches(ObjectsException::isKnownOutage);

        server.start();
        await().until(() -> store.problem().isEmpty());
        assertThat(store.get(JOB, name)).hasSize(1);
    }

    @Test
    void whatTheOperatorHasToMendIsSaidAtTheStart() {
        for (var wrong :
                List.of(server.config("missing", "test-secret"), server.config("pages", "wrong"))) {
            assertThatExceptionOfType(ObjectsException.class)
                    .isThrownBy(
                            () -> ObjectStore.open(wrong, space, new SimpleMeterRegistry()).close())
                    .withMessageContaining("GLEANER_S3_")
                    .matches(e -> !String.valueOf(e.getMessage()).contains("wrong"));
        }
    }
}
