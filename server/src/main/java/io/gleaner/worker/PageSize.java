package io.gleaner.worker;

import io.gleaner.job.Candidate;
import io.gleaner.job.Page;
import io.gleaner.job.rendering.Rendering;
import io.gleaner.store.Verdict;
import io.gleaner.store.Verdict.Concluded;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a verdict takes until it is stored: its page, roughly, at two bytes a character. */
final class PageSize {

    /** A task with its URL, a string's header, an entry of a list. */
    private static final int EACH_BYTES = 200;

    private PageSize() {}

    /** Heap bytes. */
    static long bytes(Verdict verdict) {
        return switch (verdict) {
            case Concluded(var task, var host, Page.Content page, var outlinks, _, _, _) ->
                    EACH_BYTES
                            + 2 * page.content().chars()
                            + bytes(outlinks)
                            + bytes(page.rendering())
                            + page.captures().stream().mapToLong(it -> it.body().length).sum();
            case Concluded(var task, var host, Page.Fault fault, var outlinks, _, _, _) ->
                    EACH_BYTES + bytes(outlinks);
            case Verdict.Deferred deferred -> EACH_BYTES;
            case Verdict.Retried retried -> EACH_BYTES;
            case Verdict.Rescued rescued -> EACH_BYTES;
            case Verdict.ForBrowser needing -> EACH_BYTES;
            case Verdict.Dropped dropped -> EACH_BYTES;
        };
    }

    private static long bytes(@Nullable Rendering rendering) {
        return rendering == null
                ? 0
                : rendering.attachments().stream().mapToLong(one -> one.bytes().length).sum();
    }

    private static long bytes(List<Candidate> outlinks) {
        return outlinks.stream().mapToLong(link -> EACH_BYTES + 2L * link.url().length()).sum();
    }
}
