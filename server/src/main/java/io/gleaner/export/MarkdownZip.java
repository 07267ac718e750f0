package io.gleaner.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gleaner.job.Format;
import io.gleaner.job.JobSpec;
import io.gleaner.job.Page;
import io.gleaner.store.StoredPage;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A zip of Markdown files in a tree that mirrors the site, as {@code gleaner crawl} writes it, with
 * links between the files. Pages are gone over twice: where each lies is known before the first is
 * written.
 */
final class MarkdownZip {

    private final SiteTree tree = new SiteTree(new SafeName(UTF_8));
    private final LongTable saved = new LongTable();
    private final LocalLinks links;
    private final ZipFile zip;

    private MarkdownZip(ZipFile zip) {
        this.links = new LocalLinks(this::placeOf);
        this.zip = zip;
    }

    static void write(JobSpec spec, PageFeed feed, OutputStream out)
            throws IOException, InterruptedException {
        try (var zip = new ZipFile(out)) {
            var files = new MarkdownZip(zip);
            if (spec.content().wants(Format.MARKDOWN)) {
                feed.outcomes(
                        outcome -> {
                            if (outcome.fault() == null) {
                                files.place(outcome.url());
                            }
                        });
                feed.pages(files::add);
            }
            zip.finish();
        }
    }

    private void place(String url) {
        var _ = tree.place(url);
        var _ = saved.putIfAbsent(Hash.bits64(url), 1);
    }

    private @Nullable String placeOf(String url) {
        return saved.contains(Hash.bits64(url)) ? file(url) : null;
    }

    private String file(String url) {
        return tree.place(url) + ".md";
    }

    private void add(StoredPage stored) throws IOException {
        if (stored.page() instanceof Page.Content page && page.content().markdown() != null) {
            String file = file(page.url());
            String markdown = links.in(page.content().markdown(), file);
            String text = FrontMatter.of(page) + markdown + "\n";
            zip.add(file, text.getBytes(UTF_8), page.fetchedAt());
        }
    }
}
