package io.gleaner.perf.validate;

import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.perf.report.Findings;
import io.gleaner.perf.report.Verdict;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class CrawlersBenchTest {

    private static Findings findings(String differences) {
        String told =
                """
                {"rates":{"Scrapy":[30,20,40],"Crawlee":[10,10,10],
                 "Gleaner, warm service":[300,240,200]},"differences":%s}
                """
                        .formatted(differences);
        return CrawlersBench.findings("compare", JsonMapper.shared().readTree(told));
    }

    @Test
    void ratesAreComparedRoundByRound() {
        assertThat(findings("[]").verdicts())
                .extracting(Verdict::what, Verdict::measured)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                CrawlersBench.claim("Scrapy"), "10.0 (5.00 .. 12.0)"),
                        org.assertj.core.groups.Tuple.tuple(
                                CrawlersBench.claim("Crawlee"), "24.0 (20.0 .. 30.0)"),
                        org.assertj.core.groups.Tuple.tuple(
                                "pages that not all crawlers found", "0"));
    }

    @Test
    void otherPagesAreNoComparison() {
        assertThat(findings("[\"- Crawlee, run 1, lacks 1: a.html\"]").hold()).isFalse();
        assertThat(findings("[]").hold()).isTrue();
    }
}
