package io.gleaner.perf.micro;

import io.gleaner.frontier.Frontier;
import io.gleaner.frontier.Urls;
import io.gleaner.job.CrawlSpec;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** URLs on their way into a crawl; one operation is one URL. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class UrlMicro {

    private static final int LINKS = 100;
    private static final int SPELLINGS = 6;

    private final List<String> spellings =
            List.of(
                    "https://www.example.org/wiki/Web_scraping",
                    "https://docs.example.org/v2/guide/install.html?tab=linux&lang=en#step-3",
                    "HTTP://Shop.Example.ORG:80/a/./b/../c/%7euser/?",
                    "https://example.org/caf\u00e9/men\u00fc?q=a b",
                    "https://b\u00fccher.example/katalog/2026/",
                    "http://192.168.10.7:8080/status?verbose=true");
    private final Frontier frontier =
            new Frontier(CrawlSpec.of(URI.create("https://docs.example.org/")));
    private final List<String> links = IntStream.range(0, LINKS).mapToObj(UrlMicro::link).toList();

    /** Normalises ordinary and odd spellings. */
    @Benchmark
    @OperationsPerInvocation(SPELLINGS)
    public void normalise(Blackhole hole) {
        for (String url : spellings) {
            hole.consume(Urls.candidate(url, 1, false));
        }
    }

    /** Normalises the links of a page and keeps what is inside the crawl, each once. */
    @Benchmark
    @OperationsPerInvocation(LINKS)
    public void expand(Blackhole hole) {
        hole.consume(frontier.expand(1, links));
    }

    /** One in ten leads out of the crawl, one in five was there before. */
    private static String link(int i) {
        String host = i % 10 == 0 ? "elsewhere.example" : "docs.example.org";
        return "https://%s/v2/chapter-%d/page.html".formatted(host, i % 5 == 0 ? 5 : i);
    }
}
