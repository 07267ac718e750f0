package io.gleaner.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gleaner.job.ContentSpec;
import io.gleaner.job.FetchSpec;
import io.gleaner.job.Job;
import io.gleaner.job.JobKind;
import io.gleaner.job.JobSpec;
import io.gleaner.job.manners.BasicAuth;
import io.gleaner.job.manners.Manners;
import io.gleaner.job.manners.ProxyServer;
import io.gleaner.job.rendering.Action;
import io.gleaner.job.rendering.RenderMode;
import io.gleaner.job.rendering.RenderSpec;
import io.gleaner.seal.SealException;
import io.gleaner.seal.Sealer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Headers and texts to write that may be a secret: sealed while the job runs, gone with it. */
final class JobSecretsIT {

    private static final Map<String, String> HEADERS =
            Map.of(
                    "Accept-Language", "de",
                    "Authorization", "Bearer s3cret",
                    "cookie", "session=s3cret",
                    "X-Api-Key", "s3cret");

    private static final RenderSpec LOGIN =
            RenderSpec.of(RenderMode.ALWAYS)
                    .withActions(
                            List.of(
                                    new Action.Write("me", "#name"),
                                    new Action.Click("a", false),
                                    new Action.Write("s3cret", null)));

    private static final Manners MANNERS =
            new Manners(
                    2,
                    Duration.ofSeconds(1),
                    new BasicAuth("http://a.example", "me", "s3cret"),
                    false,
                    List.of(ProxyServer.parse("http://me:s3cret@p.example:3128")));

    private final TestStore store = new TestStore();

    @AfterEach
    void close() {
        store.close();
    }

    private Job submit() {
        var fetch =
                new FetchSpec(HEADERS, Duration.ofSeconds(30), true)
                        .withRender(LOGIN)
                        .withManners(MANNERS);
        var spec = new JobSpec(JobKind.URLS, null, ContentSpec.standard(), fetch, 5);
        return store.submit(
                spec, List.of(TestStore.candidate("http://a.example/", "a.example", 0)));
    }

    /** How much of the database says it, in any column of any row. */
    private long places(String text) {
        return store.count(
                "SELECT count(*) FROM job WHERE strpos(job::text, '%s') > 0".formatted(text));
    }

    @Test
    void theyAreForTheWorkerOnly() {
        Job job = submit();
        assertThat(places("de")).isEqualTo(1);
        assertThat(places("s3cret")).isZero();
        assertThat(
                        places(
                                java.util.HexFormat.of()
                                        .formatHex(
                                                "s3cret"
                                                        .getBytes(
                                                                java.nio.charset.StandardCharsets
                                                                        .UTF_8))))
                .isZero();
        assertThat(job.spec().fetch().headers()).containsOnlyKeys("Accept-Language");
        assertThat(store.job(job).spec()).isEqualTo(job.spec());
        assertThat(store.jobs.findWithSecrets(job.id()).orElseThrow().spec().fetch().headers())
                .containsExactlyInAnyOrderEntriesOf(HEADERS);
        assertThat(store.job(job).spec().fetch().render().texts()).containsExactly("", "");
        assertThat(store.jobs.findWithSecrets(job.id()).orElseThrow().spec().fetch().render())
                .isEqualTo(LOGIN);
    }

    @Test
    void theyAreGoneWhenTheJobHasEnded() {
        Job ended = submit();
        assertThat(left()).isEqualTo(1);
        for (HostLease lease : store.queues.lease(UUID.randomUUID(), 10, 10)) {
            store.settlement.settle(lease.tasks().stream().map(TestStore::page).toList());
        }
        assertThat(store.job(ended).state().isFinal()).isTrue();
        assertThat(left()).isZero();

        store.jobs.cancel(submit().id());
        assertThat(left()).isZero();
    }

    private long left() {
        return store.count("SELECT count(*) FROM job WHERE secrets IS NOT NULL");
    }

    /** A process of the release before stores headers in the spec, and ends jobs of ours. */
    @Test
    void whatTheReleaseBeforeLeftIsSweptOnceTheJobHasEnded() {
        Job running = submit();
        Job ended = submit();
        String plain =
                "UPDATE job SET spec = jsonb_set(spec, '{fetch,headers}', '{\"Cookie\":"
                        + " \"s3cret\"}')";
        store.execute(plain);
        store.execute("UPDATE job SET state = 'FAILED' WHERE id = '%s'".formatted(ended.id()));
        assertThat(store.sweep.headers()).isEqualTo(1);
        assertThat(store.sweep.headers()).isZero();
        assertThat(places("s3cret")).isEqualTo(1);
        assertThat(store.job(ended).spec().fetch().headers()).isEmpty();
        assertThat(store.jobs.findWithSecrets(running.id()).orElseThrow().spec().fetch().headers())
                .containsEntry("X-Api-Key", "s3cret");
    }

    @Test
    void withoutTheKeyTheyAreNotRead() {
        Job job = submit();
        var others = new Jobs(store.database.requests(), Sealer.of(Sealer.newKey()));
        assertThat(others.find(job.id())).isPresent();
        assertThatThrownBy(() -> others.findWithSecrets(job.id()))
                .isInstanceOf(SealException.class)
                .hasMessageContaining("GLEANER_SECRET_KEY");
    }
}
