package io.gleaner.frontier;

import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.job.Candidate;
import io.gleaner.job.CrawlSpec;
import io.gleaner.job.SitemapMode;
import java.net.URI;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FrontierTest {

    @Test
    void seedIsNormalisedAtDepthZero() {
        assertThat(frontier(3, false).seed())
                .extracting(Candidate::url, Candidate::host, Candidate::depth)
                .containsExactly("http://a.example/", "a.example", 0);
    }

    @Test
    void linksBecomeCandidatesOneDeeperEachOnceInOrder() {
        var found =
                frontier(3, false)
                        .expand(
                                1,
                                List.of(
                                        "http://a.example/b",
                                        "HTTP://A.example/%61",
                                        "http://a.example/a#x",
                                        "http://other.example/",
                                        "mailto:x@a.example",
                                        "http://[",
                                        "",
                                        "http://a.example/private/x",
                                        "http://a.example/b?q"));
        assertThat(found)
                .extracting(Candidate::url)
                .containsExactly(
                        "http://a.example/b", "http://a.example/a", "http://a.example/b?q");
        assertThat(found).allMatch(candidate -> candidate.depth() == 2);
    }

    @Test
    void pagesAtTheMaximumDepthDoNotGrow() {
        var links = List.of("http://a.example/x");
        assertThat(frontier(3, false).expand(2, links)).hasSize(1);
        assertThat(frontier(3, false).expand(3, links)).isEmpty();
        assertThat(frontier(0, false).expand(0, links)).isEmpty();
    }

    @Test
    void queriesAreOneWhenIgnored() {
        assertThat(
                        frontier(3, true)
                                .expand(
                                        0,
                                        List.of(
                                                "http://a.example/x?1",
                                                "http://a.example/x?2",
                                                "http://a.example/x")))
                .extracting(Candidate::url)
                .containsExactly("http://a.example/x?1");
    }

    @Test
    void linksOfOnePageAreBounded() {
        var links = IntStream.range(0, 60_000).mapToObj(i -> "http://a.example/" + i).toList();
        assertThat(frontier(3, false).expand(0, links)).hasSize(Frontier.LINKS_MAX);
    }

    private static Frontier frontier(int maxDepth, boolean ignoreQuery) {
        return new Frontier(
                new CrawlSpec(
                        URI.create("http://A.example"),
                        10,
                        maxDepth,
                        List.of(),
                        List.of("^/private"),
                        SitemapMode.SKIP,
                        false,
                        false,
                        ignoreQuery));
    }
}
