package io.gleaner.render;

import io.gleaner.browser.DevTools;
import java.time.Duration;

/** Expressions that end when something is there. */
final class Waiting {

    private static final String FOR_ELEMENT =
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

    private Waiting() {}

    /** True when an element matches, false when none has come in time. */
    static String forElement(String selector, Duration patience) {
        return FOR_ELEMENT + "(%s, %d)".formatted(DevTools.literal(selector), patience.toMillis());
    }
}
