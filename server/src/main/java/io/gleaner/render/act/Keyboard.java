package io.gleaner.render.act;

import io.gleaner.browser.DevTools;
import io.gleaner.browser.DevToolsException;
import io.gleaner.job.rendering.NamedKey;
import io.gleaner.render.document.PageEvents;
import io.gleaner.render.document.PageLost;
import io.gleaner.render.document.VisitOver;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Writes and presses keys where the cursor is. */
final class Keyboard {

    private final PageEvents events;

    Keyboard(PageEvents events) {
        this.events = events;
    }

    void write(String text) throws VisitOver, PageLost, DevToolsException, InterruptedException {
        var _ = events.call("Input.insertText", DevTools.params().put("text", text));
    }

    void press(String key) throws VisitOver, PageLost, DevToolsException, InterruptedException {
        Optional<NamedKey> named = NamedKey.find(key);
        String text = named.map(NamedKey::text).orElse(key);
        dispatch(text.isEmpty() ? "rawKeyDown" : "keyDown", key, named, text);
        dispatch("keyUp", key, named, "");
    }

    private void dispatch(String type, String key, Optional<NamedKey> named, String text)
            throws VisitOver, PageLost, DevToolsException, InterruptedException {
        ObjectNode params = DevTools.params().put("type", type);
        params.put("key", named.map(it -> it == NamedKey.SPACE ? " " : key).orElse(key));
        named.ifPresent(
                it -> params.put("code", it.wireName()).put("windowsVirtualKeyCode", it.code()));
        if (!text.isEmpty()) {
            params.put("text", text);
        }
        var _ = events.call("Input.dispatchKeyEvent", params);
    }
}
