package io.gleaner.cli.option;

import io.gleaner.job.ContentSpec;
import io.gleaner.job.Format;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** What to make of each page, as flags. */
public final class ContentOptions {

    @Option(
            names = "--full-page",
            description = "Keep navigation, headers and footers, not only the main content.")
    private boolean fullPage;

    @Option(
            names = "--include-tags",
            paramLabel = "CSS",
            split = ",",
            description = "Keep only what matches these selectors, separated by commas.")
    private List<String> includeTags = List.of();

    @Option(
            names = "--exclude-tags",
            paramLabel = "CSS",
            split = ",",
            description = "Drop what matches these selectors, separated by commas.")
    private List<String> excludeTags = List.of();

    /** Metadata is always taken: the title goes into the front matter and the summary. */
    public ContentSpec spec(List<Format> formats) {
        var wanted = EnumSet.of(Format.METADATA);
        wanted.addAll(formats);
        return new ContentSpec(wanted, Map.of(), !fullPage, includeTags, excludeTags);
    }
}
