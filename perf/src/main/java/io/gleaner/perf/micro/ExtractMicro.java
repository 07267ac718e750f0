package io.gleaner.perf.micro;

import io.gleaner.extract.ExtractConfig;
import io.gleaner.extract.Extracted;
import io.gleaner.extract.Extractor;
import io.gleaner.job.ContentSpec;
import io.gleaner.job.Format;
import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** From a page's text to what is kept of it; the parser is part of all three. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ExtractMicro {

    private static final URI URL = URI.create("https://manual.example/lib/reading.html");

    /** The page. */
    @Param public Document document = Document.MANUAL;

    private final Extractor extractor = new Extractor(ExtractConfig.standard());
    private final ContentSpec nothing = wanting(EnumSet.noneOf(Format.class));
    private final ContentSpec markdown = wanting(EnumSet.of(Format.MARKDOWN));
    private String html = "";

    @Setup
    public void read() {
        html = document.html();
    }

    /** What the other two have in common. */
    @Benchmark
    public void parse(Blackhole hole) {
        hole.consume(extract(nothing, false));
    }

    @Benchmark
    public void links(Blackhole hole) {
        hole.consume(extract(nothing, true).outlinks());
    }

    @Benchmark
    public void markdown(Blackhole hole) {
        hole.consume(extract(markdown, false).content());
    }

    private Extracted extract(ContentSpec spec, boolean wantOutlinks) {
        return extractor.extract(html, URL, spec, wantOutlinks);
    }

    private static ContentSpec wanting(EnumSet<Format> formats) {
        return new ContentSpec(formats, Map.of(), true, List.of(), List.of());
    }
}
