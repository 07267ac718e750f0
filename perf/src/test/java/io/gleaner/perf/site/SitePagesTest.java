package io.gleaner.perf.site;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SitePagesTest {

    private static final Pattern LINK = Pattern.compile("href=\"([^\"]*)/p/(\\d+)\"");
    private static final int PORT = 12_345;

    private final SitePlan plan =
            SitePlan.of(5_000, 7)
                    .withLatency(Duration.ofMillis(100), Duration.ofMillis(300))
                    .withErrorRate(0.1);

    private static SitePages pages(SitePlan plan) {
        return new SitePages(plan, PORT);
    }

    @Test
    void everythingAboutAPageIsAFunctionOfSeedAndNumber() {
        SitePages one = pages(plan);
        SitePages two = pages(SitePlan.parse(plan.arguments()));
        for (int n : new int[] {0, 1, 17, 4_999}) {
            assertThat(two.html(n)).isEqualTo(one.html(n));
            assertThat(two.latency(n)).isEqualTo(one.latency(n));
            assertThat(two.errs(n)).isEqualTo(one.errs(n));
        }
        var other = new SitePlan(5_000, 7, 8, 2_000, 16_000, Duration.ZERO, Duration.ZERO, 0, 2);
        assertThat(pages(other).size(17)).isNotEqualTo(one.size(17));
    }

    @Test
    void everyPageIsReachedFromTheFirst() {
        SitePages pages = pages(plan);
        var seen = new HashSet<Integer>();
        var open = new ArrayDeque<Integer>();
        open.add(0);
        seen.add(0);
        while (!open.isEmpty()) {
            var links = LINK.matcher(new String(pages.html(open.remove()), US_ASCII));
            while (links.find()) {
                int n = Integer.parseInt(links.group(2));
                assertThat(links.group(1) + "/p/" + n).isEqualTo(plan.url(n, PORT).toString());
                if (seen.add(n)) {
                    open.add(n);
                }
            }
        }
        assertThat(seen).hasSize(plan.pages());
    }

    @Test
    void sizesLatenciesAndErrorsAreSpreadAsPlanned() {
        SitePages pages = pages(plan);
        var sizes = IntStream.range(0, 5_000).map(pages::size).summaryStatistics();
        assertThat(sizes.getMin()).isBetween(2_000, 2_100);
        assertThat(sizes.getMax()).isBetween(15_900, 16_000);
        assertThat(sizes.getAverage()).isCloseTo(9_000, within(300.0));
        var millis =
                IntStream.range(0, 5_000)
                        .mapToLong(n -> pages.latency(n).toMillis())
                        .summaryStatistics();
        assertThat(millis.getMin()).isBetween(100L, 102L);
        assertThat(millis.getMax()).isBetween(297L, 300L);
        long errors = IntStream.range(0, 5_000).filter(pages::errs).count();
        assertThat(errors).isBetween(400L, 600L);
        assertThat(pages.errs(0)).isFalse();
    }

    @Test
    void tenThousandHostsHaveAddressesOfTheirOwnOnLoopback() {
        var addresses = new HashSet<String>();
        IntStream.range(0, SitePlan.HOSTS_MAX).mapToObj(SitePlan::address).forEach(addresses::add);
        assertThat(addresses).hasSize(SitePlan.HOSTS_MAX).allMatch(a -> a.startsWith("127."));
    }

    @Test
    void aPlanThatCannotBeIsRefused() {
        assertThatThrownBy(() -> SitePlan.of(0, 1)).hasMessageContaining("pages");
        assertThatThrownBy(() -> SitePlan.of(1, 10_001)).hasMessageContaining("hosts");
        assertThatThrownBy(() -> plan.withErrorRate(1)).hasMessageContaining("errorRate");
    }
}
