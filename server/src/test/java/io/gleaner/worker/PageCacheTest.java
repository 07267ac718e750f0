package io.gleaner.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.cache.Bus;
import io.gleaner.cache.Caches;
import io.gleaner.cache.SharedStore;
import io.gleaner.job.ContentSpec;
import io.gleaner.job.FetchSpec;
import io.gleaner.job.JobKind;
import io.gleaner.job.JobSpec;
import io.gleaner.job.PageContent;
import io.gleaner.job.Tenant;
import io.gleaner.store.CachedPage;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whose a cached page is. */
final class PageCacheTest {

    private static final String URL = "http://a.example/";
    private static final CachedPage PAGE =
            new CachedPage(
                    URL,
                    200,
                    "text/html",
                    Instant.EPOCH,
                    null,
                    null,
                    new PageContent("# a", null, null, null, null, null, null, Map.of(), Map.of()),
                    null,
                    List.of(),
                    null);

    private final Caches caches =
            new Caches(
                    SharedStore.NONE, Bus.NONE, new SimpleMeterRegistry(), InstantSource.system());
    private final PageCache cache = new PageCache(caches);

    @AfterEach
    void close() {
        caches.close();
    }

    private static JobContext jobOf(Tenant tenant) {
        var fetch = new FetchSpec(Map.of(), Duration.ofSeconds(30), true, Duration.ofHours(1));
        var spec = new JobSpec(JobKind.URLS, null, ContentSpec.standard(), fetch, 5);
        return JobContext.of(tenant, spec, () -> true);
    }

    @Test
    void whatOneTenantHasFetchedIsNotKnownToAnother() throws Exception {
        cache.put(URL, jobOf(Tenant.MAIN), PAGE);
        assertThat(cache.find(URL, jobOf(Tenant.MAIN))).contains(PAGE);
        assertThat(cache.find(URL, jobOf(new Tenant(2)))).isEmpty();
    }
}
