package io.gleaner.perf.micro;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gleaner.politeness.PolitenessConfig;
import io.gleaner.politeness.Robots;
import io.gleaner.politeness.RobotsResponse.Found;
import io.gleaner.politeness.RobotsSource.Loaded;
import java.net.URI;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** A URL against the robots.txt of its host, which is in memory: a hundred rules, some with *. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RobotsMicro {

    private static final int RULES = 100;
    private static final URI ALLOWED = URI.create("https://example.org/articles/2026/page.html");
    private static final URI DISALLOWED = URI.create("https://example.org/closed-9/a?print=1");

    private final InstantSource clock = InstantSource.system();
    private final Robots robots =
            new Robots(
                    PolitenessConfig.standard(),
                    url -> new Loaded(new Found(rules().getBytes(UTF_8)), clock.instant()),
                    clock);

    @Benchmark
    public void allowed(Blackhole hole) throws InterruptedException {
        hole.consume(robots.check(ALLOWED));
    }

    @Benchmark
    public void disallowed(Blackhole hole) throws InterruptedException {
        hole.consume(robots.check(DISALLOWED));
    }

    private static String rules() {
        return IntStream.range(0, RULES)
                .mapToObj(i -> i % 4 == 0 ? "Disallow: /*/print-" + i : "Disallow: /closed-" + i)
                .collect(Collectors.joining("\n", "User-agent: *\n", "\n"));
    }
}
