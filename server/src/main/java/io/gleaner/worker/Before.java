package io.gleaner.worker;

import io.gleaner.again.ContentHash;
import io.gleaner.again.MarkdownDiff;
import io.gleaner.frontier.Frontier;
import io.gleaner.job.CacheState;
import io.gleaner.job.Change;
import io.gleaner.job.FetchSpec;
import io.gleaner.job.Page;
import io.gleaner.job.PageContent;
import io.gleaner.job.Task;
import io.gleaner.store.EarlierPage;
import io.gleaner.store.EarlierPages;
import io.gleaner.store.PageMemory;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the job that a job crawls again found at a task's URL. */
record Before(Optional<EarlierPage> found, boolean again) {

    private static final Before NOTHING = new Before(Optional.empty(), false);
    private static final Set<Integer> GONE = Set.of(404, 410);

    static Before of(EarlierPages pages, JobContext job, Task task) {
        UUID earlier = job.spec().recrawlOf();
        Frontier frontier = job.frontier();
        if (earlier == null || frontier == null) {
            return NOTHING;
        }
        return new Before(
                frontier.candidate(task.url()).flatMap(url -> pages.find(earlier, url.key())),
                true);
    }

    /**
     * The page, if its host may be asked whether it has changed: not when it came over redirects,
     * for each of them may lead elsewhere now, nor when its scripts may have made something else of
     * it, nor when what comes over the wire is wanted.
     */
    Optional<PageMemory> mayHaveStayed(FetchSpec fetch) {
        boolean wanted = fetch.render().mayRender() || fetch.warc();
        return wanted
                ? Optional.empty()
                : found.filter(Before::canBeAskedAbout).map(EarlierPage::memory);
    }

    /** The page as it was, for a task of this job, once its host has said that it has stayed so. */
    Page.Content stayed(Task task, Instant now) {
        Page.Content then = (Page.Content) found.orElseThrow().page();
        return new Page.Content(
                task.url(),
                then.finalUrl(),
                then.status(),
                now,
                task.depth(),
                then.contentType(),
                then.content(),
                CacheState.REVALIDATED);
    }

    private static boolean canBeAskedAbout(EarlierPage page) {
        PageMemory memory = page.memory();
        return memory != null
                && (memory.etag() != null || memory.lastModified() != null)
                && page.page() instanceof Page.Content content
                && content.finalUrl().equals(content.url());
    }

    /** What a page has become; null where that is not known, or where nothing is crawled again. */
    @Nullable Change change(Page now) {
        if (!again) {
            return null;
        }
        return switch (now) {
            case Page.Content content -> change(content.content());
            case Page.Fault fault -> isNone(fault) ? leftOut() : null;
        };
    }

    private Change change(PageContent now) {
        PageContent then = then();
        if (then == null) {
            return Change.of(Change.Kind.NEW);
        }
        return ContentHash.of(now).equals(hash(then))
                ? Change.of(Change.Kind.SAME)
                : new Change(Change.Kind.CHANGED, MarkdownDiff.of(then.markdown(), now.markdown()));
    }

    private String hash(PageContent then) {
        String known = found.map(EarlierPage::memory).map(PageMemory::hash).orElse(null);
        return Objects.requireNonNullElseGet(known, () -> ContentHash.of(then));
    }

    /** Whether a page is none any more, and not only out of reach now. */
    private static boolean isNone(Page.Fault fault) {
        return fault.code().leavesOut()
                || (fault.status() != null && GONE.contains(fault.status()));
    }

    private @Nullable Change leftOut() {
        return then() == null ? null : Change.of(Change.Kind.GONE);
    }

    private @Nullable PageContent then() {
        return found.map(EarlierPage::page).orElse(null) instanceof Page.Content content
                ? content.content()
                : null;
    }
}
