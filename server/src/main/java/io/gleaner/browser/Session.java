package io.gleaner.browser;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The line to one target, which is a page most of the time. */
public final class Session {

    /** What a listener hears when the target or the browser is gone. */
    public static final String GONE = "Gleaner.gone";

    private final DevTools devTools;
    private final String id;
    private volatile Listener listener;

    Session(DevTools devTools, String id, Listener listener) {
        this.devTools = devTools;
        this.id = id;
        this.listener = listener;
    }

    String id() {
        return id;
    }

    /** From now on another one hears. */
    public void listen(Listener other) {
        listener = other;
    }

    /** Asks, and waits for the answer. */
    public JsonNode call(String method, ObjectNode params, Duration patience)
            throws DevToolsException, InterruptedException {
        return devTools.call(id, method, params, patience);
    }

    /** Asks without parameters, and waits for the answer. */
    public JsonNode call(String method, Duration patience)
            throws DevToolsException, InterruptedException {
        return devTools.call(id, method, DevTools.params(), patience);
    }

    /** Asks; the answer comes in its time, or never when the target hangs. */
    public CompletableFuture<JsonNode> ask(String method, ObjectNode params) {
        return devTools.ask(id, method, params);
    }

    /** Tells without waiting. */
    public void tell(String method, ObjectNode params) {
        devTools.tell(id, method, params);
    }

    /** Hears no more. */
    public void leave() {
        devTools.leave(this);
    }

    void heard(Event event) {
        listener.heard(event);
    }

    void end() {
        listener.heard(new Event(GONE, DevTools.params()));
    }
}
