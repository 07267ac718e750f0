package io.gleaner.cli.folder;

import io.gleaner.cli.console.CommandFailure;
import io.gleaner.export.SafeName;
import io.gleaner.export.SiteTree;
import io.gleaner.job.JobState;
import io.gleaner.job.Page;
import io.gleaner.store.StoredPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The output folder of a crawl: page files, {@code pages.ndjson} and the state.
 *
 * <p>They are written in this order, so the state never counts a page that is not there. A process
 * that dies in between leaves files that the next run writes again, under the same names.
 */
public final class CrawlFolder implements AutoCloseable {

    static final String NOTHING_IS_LOST =
            "; nothing is lost: the pages are in the database, and the same command resumes";

    private static final String STATE = ".gleaner-crawl.json";
    private static final String PAGES = "pages.ndjson";

    private final Path folder;
    private final Tally tally = new Tally();
    private final SiteTree tree;
    private final PageFiles files;
    private CrawlState state;
    private final PagesFile pages;

    private CrawlFolder(Path folder, CrawlState state, PagesFile pages) {
        this.folder = folder;
        this.state = state;
        this.pages = pages;
        this.tree = state.tree();
        this.files = new PageFiles(folder, tree);
    }

    /** The state that an earlier command left, if it was the same command. */
    public static Optional<CrawlState> look(Path folder, Map<String, String> request) {
        try {
            makeWritable(folder);
            Optional<CrawlState> state = CrawlState.read(folder.resolve(STATE));
            state.ifPresent(
                    before -> CrawlRequest.check(before.request(), request, folder.toString()));
            if (state.isEmpty() && Files.exists(folder.resolve(PAGES))) {
                throw CommandFailure.usage(
                        "%s is not from a crawl that can be resumed; --restart replaces it, or give another --out"
                                .formatted(folder.resolve(PAGES)));
            }
            return state;
        } catch (IOException e) {
            throw CommandFailure.output(folder, e, "");
        }
    }

    // Found out before the service starts, not after the first page.
    private static void makeWritable(Path folder) throws IOException {
        Files.createDirectories(folder);
        if (!Files.isWritable(folder)) {
            throw new IOException("permission denied");
        }
    }

    /** Removes what an earlier crawl wrote here, and nothing else. Returns the job it followed. */
    public static Optional<UUID> clear(Path folder) {
        Path pagesFile = folder.resolve(PAGES);
        try {
            makeWritable(folder);
            Optional<CrawlState> before = before(folder);
            if (Files.exists(pagesFile)) {
                clearPages(
                        folder,
                        pagesFile,
                        before.map(CrawlState::tree)
                                .orElseGet(() -> new SiteTree(SafeName.ofThisSystem())));
            }
            Files.deleteIfExists(folder.resolve(STATE));
            Files.deleteIfExists(pagesFile);
            CrawlExports.clear(folder);
            return before.map(CrawlState::job);
        } catch (IOException e) {
            throw CommandFailure.output(folder, e, "");
        }
    }

    // Opened for its lock: another crawl may be writing here.
    private static void clearPages(Path folder, Path pagesFile, SiteTree tree) throws IOException {
        long bytes = Files.size(pagesFile);
        PagesFile locked = PagesFile.open(pagesFile, bytes);
        try {
            var files = new PageFiles(folder, tree);
            PagesFile.visit(pagesFile, bytes, new Deleting(files));
        } finally {
            locked.close();
        }
    }

    private static Optional<CrawlState> before(Path folder) throws IOException {
        try {
            return CrawlState.read(folder.resolve(STATE));
        } catch (CommandFailure e) {
            // A state that cannot be read is what --restart is for.
            return Optional.empty();
        }
    }

    /** Opens the folder where the state says it stands, repairing what a crash left. */
    public static CrawlFolder open(Path folder, CrawlState state) {
        Path pagesFile = folder.resolve(PAGES);
        try {
            PagesFile pages = PagesFile.open(pagesFile, state.bytes());
            try {
                var opened = new CrawlFolder(folder, state, pages);
                PagesFile.visit(pagesFile, state.bytes(), opened.recounting());
                opened.save(state);
                return opened;
            } catch (IOException | RuntimeException e) {
                pages.close();
                throw e;
            }
        } catch (IOException e) {
            throw CommandFailure.output(folder, e, "");
        }
    }

    private PagesFile.Visitor recounting() {
        return new PagesFile.Visitor() {
            @Override
            public void content(String url) {
                tree.place(url);
                tally.content(url);
            }

            @Override
            public void fault(String url, String code, @Nullable Integer status, String detail) {
                tally.fault(url, code, status, detail);
            }
        };
    }

    public void jobIs(UUID id) {
        save(state.withJob(id));
    }

    /** Writes pages that follow {@link #lastSeq}. */
    public void write(List<StoredPage> batch) {
        for (StoredPage stored : batch) {
            switch (stored.page()) {
                case Page.Content page -> {
                    files.write(page);
                    tally.content(page.url());
                }
                case Page.Fault fault ->
                        tally.fault(fault.url(), code(fault), fault.status(), fault.detail());
            }
        }
        long bytes = pages.append(batch);
        save(state.at(batch.getLast().seq(), bytes));
    }

    // As in pages.ndjson, where a resumed run reads it again.
    private static String code(Page.Fault fault) {
        return fault.code().name().toLowerCase(Locale.ROOT);
    }

    public void finish(JobState ended) {
        save(state.endedAs(ended));
    }

    private void save(CrawlState next) {
        next.write(folder.resolve(STATE));
        state = next;
    }

    public CrawlState state() {
        return state;
    }

    public long lastSeq() {
        return state.seq();
    }

    public Tally tally() {
        return tally;
    }

    @Override
    public void close() {
        pages.close();
    }

    /** Deletes the files of every page it is told of. */
    private record Deleting(PageFiles files) implements PagesFile.Visitor {
        @Override
        public void content(String url) {
            files.delete(url);
        }

        @Override
        public void fault(String url, String code, @Nullable Integer status, String detail) {
            // A fault has no files.
        }
    }
}
