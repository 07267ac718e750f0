package io.gleaner.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.testing.TestSite;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a profile of the service at work says about whom the work was for. */
@Timeout(300)
final class TaggedProfileIT {

    private static final int PAGES = 20;

    @Test
    void aProfileUnderLoadSaysWhichEndpointAndStepTheSamplesBelongTo() throws Exception {
        var wanted = Set.of("endpoint POST /api/jobs", "step extract", "step fetch", "step settle");
        try (var site = TestSite.start();
                var service = RunningService.patient();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var seen = new HashSet<String>();
            while (!seen.containsAll(wanted)) { // As many as a busy machine needs.
                seen.addAll(tags(profileUnderLoad(service, site, threads)));
            }
            String past = service.answer("/admin/profile?past=10m&event=alloc&format=text").body();
            assertThat(tags(past)).isNotEmpty();
            assertThat(service.metric("gleaner_jvm_safepoint_seconds_count")).isPositive();
        }
    }

    private static String profileUnderLoad(
            RunningService service, TestSite site, ExecutorService threads) throws Exception {
        Future<String> profile =
                threads.submit(
                        () ->
                                service.answer("/admin/profile?event=alloc&seconds=1&format=text")
                                        .body());
        while (!profile.isDone()) {
            service.results(service.submit(Map.of("urls", urls(site))));
        }
        return profile.get();
    }

    private static List<String> urls(TestSite site) {
        return IntStream.range(0, PAGES)
                .mapToObj(
                        page ->
                                "http://127.0.0.1:%d/graph/%d/%d"
                                        .formatted(site.port(), PAGES, page))
                .toList();
    }

    /** From lines like " 12.34 % step extract". */
    private static Set<String> tags(String table) {
        return table.lines()
                .map(line -> line.substring(line.indexOf('%') + 1).strip())
                .collect(Collectors.toSet());
    }
}
