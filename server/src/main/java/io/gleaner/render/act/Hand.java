package io.gleaner.render.act;

import io.gleaner.browser.DevTools;
import io.gleaner.browser.DevToolsException;
import io.gleaner.render.document.PageEvents;
import io.gleaner.render.document.PageLost;
import io.gleaner.render.document.Scripts;
import io.gleaner.render.document.VisitOver;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Clicks, fills and scrolls as a person would. */
final class Hand {

    /** For an element that is not there yet. */
    static final Duration ELEMENT_WAIT_MAX = Duration.ofSeconds(5);

    private static final int CLICKS_MAX = 100;

    /**
     * Where a mouse would click; what is covered, or has no place, is clicked by script instead.
     */
    private static final String AIM =
            """
            ((selector) => {
              const element = document.querySelector(selector);
              element.scrollIntoView({block: 'center', inline: 'center', behavior: 'instant'});
              const box = element.getBoundingClientRect();
              const x = box.left + box.width / 2, y = box.top + box.height / 2;
              const hit = document.elementFromPoint(x, y);
              if (hit && (hit === element || element.contains(hit))) return {x, y};
              element.focus();
              element.click();
              return null;
            })\
            """;

    private static final String CLICK_ALL =
            """
            ((selector, max) => {
              for (const element of [...document.querySelectorAll(selector)].slice(0, max)) {
                element.click();
              }
            })\
            """;

    /** Whether text is to be inserted now, in the place of what was selected. */
    private static final String FILL =
            """
            ((selector, text) => {
              const element = document.querySelector(selector);
              element.scrollIntoView({block: 'center', behavior: 'instant'});
              element.focus();
              const typed = /^(text|search|url|tel|email|password|number)$/;
              const field = element.localName === 'input' && typed.test(element.type)
                  || element.localName === 'textarea';
              if (field && text) { element.select(); return 'insert'; }
              if (element.isContentEditable) {
                getSelection().selectAllChildren(element);
                return 'insert';
              }
              if (element.localName === 'select') {
                const option = [...element.options].find(
                    (it) => it.value === text || it.label === text);
                if (!option) return 'it has no option ' + text;
                element.value = option.value;
              } else if ('value' in element) {
                element.value = text;
              } else {
                return 'it takes no text';
              }
              element.dispatchEvent(new Event('input', {bubbles: true}));
              element.dispatchEvent(new Event('change', {bubbles: true}));
              return 'done';
            })\
            """;

    private static final String SCROLL =
            """
            ((selector, sign) => {
              const element = selector ? document.querySelector(selector) : null;
              const height = element ? element.clientHeight : innerHeight;
              (element || window).scrollBy({top: sign * height, behavior: 'instant'});
            })\
            """;

    private final PageEvents events;
    private final Scripts scripts;
    private final Elements elements;

    Hand(PageEvents events, Scripts scripts, Elements elements) {
        this.events = events;
        this.scripts = scripts;
        this.elements = elements;
    }

    void click(String selector)
            throws ActionFailed, VisitOver, PageLost, DevToolsException, InterruptedException {
        JsonNode point = on(selector, AIM + "(%s)".formatted(DevTools.literal(selector)));
        if (point.isObject()) {
            mouse("mouseMoved", point, 0);
            mouse("mousePressed", point, 1);
            mouse("mouseReleased", point, 1);
        }
    }

    private void mouse(String type, JsonNode point, int clicks)
            throws VisitOver, PageLost, DevToolsException, InterruptedException {
        ObjectNode params =
                DevTools.params()
                        .put("type", type)
                        .put("x", point.path("x").asDouble())
                        .put("y", point.path("y").asDouble());
        if (clicks > 0) {
            params.put("button", "left").put("clickCount", clicks);
        }
        var _ = events.call("Input.dispatchMouseEvent", params);
    }

    void clickAll(String selector)
            throws ActionFailed, VisitOver, PageLost, DevToolsException, InterruptedException {
        var _ =
                on(
                        selector,
                        CLICK_ALL + "(%s, %d)".formatted(DevTools.literal(selector), CLICKS_MAX));
    }

    /** In the place of what the field has. */
    void fill(String selector, String text, Keyboard keyboard)
            throws ActionFailed, VisitOver, PageLost, DevToolsException, InterruptedException {
        String call =
                FILL + "(%s, %s)".formatted(DevTools.literal(selector), DevTools.literal(text));
        switch (on(selector, call).asString("")) {
            case "insert" -> keyboard.write(text);
            case "done" -> {
                // By script.
            }
            case String why -> throw new ActionFailed(why);
        }
    }

    void scroll(boolean up, String selector)
            throws ActionFailed, VisitOver, PageLost, DevToolsException, InterruptedException {
        String call = SCROLL + "(%s, %d)".formatted(DevTools.literal(selector), up ? -1 : 1);
        var _ = selector.isEmpty() ? scripts.ours(call) : on(selector, call);
    }

    /** Runs a script of ours once an element is there for it. */
    private JsonNode on(String selector, String call)
            throws ActionFailed, VisitOver, PageLost, DevToolsException, InterruptedException {
        if (!elements.await(selector, ELEMENT_WAIT_MAX)) {
            throw new ActionFailed(
                    "no element has matched %s for %d s"
                            .formatted(selector, ELEMENT_WAIT_MAX.toSeconds()));
        }
        JsonNode done =
                scripts.ours(
                        "(() => { try { return {value: %s}; } catch (e) { return {error: e.message}; } })()"
                                .formatted(call));
        if (done.has("error")) {
            throw new ActionFailed(done.path("error").asString(""));
        }
        return done.path("value");
    }
}
