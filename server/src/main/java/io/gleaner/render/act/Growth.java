package io.gleaner.render.act;

import io.gleaner.browser.DevTools;
import io.gleaner.browser.DevToolsException;
import io.gleaner.job.rendering.ScrollSpec;
import io.gleaner.render.document.Deadline;
import io.gleaner.render.document.PageLost;
import io.gleaner.render.document.Scripts;
import io.gleaner.render.document.VisitOver;
import java.time.Duration;

/** Scrolls a page that grows when its end comes into sight. */
public final class Growth {

    /** For more to come. */
    private static final Duration GROWTH_MAX = Duration.ofSeconds(2);

    private static final String STEP =
            """
            ((until, patience) => new Promise((resolve) => {
              const enough = () => { try { return until && document.querySelector(until); }
                                     catch (e) { return true; } };
              if (enough()) { resolve(false); return; }
              const height = () => document.scrollingElement ? document.scrollingElement.scrollHeight : 0;
              const count = () => document.getElementsByTagName('*').length;
              const before = height(), elements = count();
              window.scrollTo({top: before, behavior: 'instant'});
              const end = Date.now() + patience;
              const look = () => {
                if (enough()) resolve(false);
                else if (height() > before || count() > elements) resolve(true);
                else if (Date.now() > end) resolve(false);
                else setTimeout(look, 50);
              };
              setTimeout(look, 50);
            }))\
            """;

    private static final String TOP = "window.scrollTo({top: 0, behavior: 'instant'})";

    private final Scripts scripts;
    private final Deadline deadline;

    public Growth(Scripts scripts, Deadline deadline) {
        this.scripts = scripts;
        this.deadline = deadline;
    }

    /** Until nothing more comes, it is enough, or the time for it is over; then back to the top. */
    public void scroll(ScrollSpec spec)
            throws VisitOver, PageLost, DevToolsException, InterruptedException {
        String until = DevTools.literal(spec.until() == null ? "" : spec.until());
        String step = STEP + "(%s, %d)".formatted(until, GROWTH_MAX.toMillis());
        boolean grows = true;
        for (int i = 0; grows && i < spec.max() && !deadline.isForTaking(); i++) {
            grows = scripts.ours(step).asBoolean(false);
        }
        var _ = scripts.ours(TOP);
    }
}
