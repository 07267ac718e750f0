package io.gleaner.render.document;

import io.gleaner.browser.DevTools;
import io.gleaner.browser.DevToolsException;
import io.gleaner.render.tab.Tab;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Runs scripts in the main frame. Ours run in a world of their own: whatever the page made of
 * {@code Array} or {@code Element}, there they are as they should be.
 */
public final class Scripts {

    private static final String WORLD = "gleaner";

    private final Tab tab;
    private final PageEvents events;

    public Scripts(Tab tab, PageEvents events) {
        this.tab = tab;
        this.events = events;
    }

    /** The value of an expression of ours; a promise is awaited. */
    public JsonNode ours(String expression)
            throws VisitOver, PageLost, DevToolsException, InterruptedException {
        var frame = DevTools.params();
        frame.put("frameId", tab.mainFrame()).put("worldName", WORLD);
        JsonNode world = events.call("Page.createIsolatedWorld", frame);
        return value(
                evaluation(expression).put("contextId", world.path("executionContextId").asInt()));
    }

    /**
     * The value of an expression in the page's own world, as a script of the page would have it.
     */
    public JsonNode inPage(String expression)
            throws VisitOver, PageLost, DevToolsException, InterruptedException {
        return value(evaluation(expression).put("userGesture", true));
    }

    private static ObjectNode evaluation(String expression) {
        return DevTools.params()
                .put("expression", expression)
                .put("returnByValue", true)
                .put("awaitPromise", true);
    }

    private JsonNode value(ObjectNode evaluation)
            throws VisitOver, PageLost, DevToolsException, InterruptedException {
        JsonNode answer = events.call("Runtime.evaluate", evaluation);
        if (answer.has("exceptionDetails")) {
            throw new IllegalStateException(
                    "a script of ours failed: " + answer.path("exceptionDetails"));
        }
        return answer.path("result").path("value");
    }
}
