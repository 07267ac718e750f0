package io.gleaner.render.act;

import io.gleaner.browser.DevTools;
import io.gleaner.browser.DevToolsException;
import io.gleaner.render.document.Deadline;
import io.gleaner.render.document.PageEvents;
import io.gleaner.render.document.PageLost;
import io.gleaner.render.document.Scripts;
import io.gleaner.render.document.VisitOver;
import java.time.Duration;

/** Waits for elements of a page. */
public final class Elements {

    private static final String AWAIT =
            """
            ((selector, millis) => new Promise((resolve) => {
              const there = () => { try { return document.querySelector(selector); }
                                    catch (e) { return true; } };
              if (there()) { resolve(true); return; }
              const end = (found) => { seen.disconnect(); clearTimeout(late); resolve(found); };
              const seen = new MutationObserver(() => { if (there()) end(true); });
              const late = setTimeout(() => end(false), millis);
              seen.observe(document, {subtree: true, childList: true, attributes: true});
            }))\
            """;

    /** A page may go elsewhere while it is waited for. */
    private static final int DOCUMENTS_MAX = 5;

    private final Scripts scripts;
    private final PageEvents events;
    private final Deadline deadline;

    public Elements(Scripts scripts, PageEvents events, Deadline deadline) {
        this.scripts = scripts;
        this.events = events;
        this.deadline = deadline;
    }

    /**
     * Waits, and not into the time for taking the page.
     *
     * @return whether an element matches, or nothing ever will since it is no selector
     */
    public boolean await(String selector, Duration patience)
            throws VisitOver, PageLost, DevToolsException, InterruptedException {
        long until =
                System.nanoTime()
                        + Math.min(patience.toNanos(), deadline.leftBeforeTaking().toNanos());
        for (int documents = 1; ; documents++) {
            long left = Math.max(0, until - System.nanoTime());
            try {
                return scripts.ours(
                                AWAIT
                                        + "(%s, %d)"
                                                .formatted(
                                                        DevTools.literal(selector),
                                                        Duration.ofNanos(left).toMillis()))
                        .asBoolean(false);
            } catch (DevToolsException e) {
                if (e.kind() != DevToolsException.Kind.REFUSED || documents == DOCUMENTS_MAX) {
                    throw e;
                }
                events.settle();
            }
        }
    }
}
