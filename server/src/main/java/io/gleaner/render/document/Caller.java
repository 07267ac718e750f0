package io.gleaner.render.document;

import io.gleaner.browser.DevTools;
import io.gleaner.browser.DevToolsException;
import io.gleaner.browser.Session;
import io.gleaner.fetch.FetchRequest;
import io.gleaner.job.FetchSpec;
import io.gleaner.render.tab.Device;
import java.net.URI;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the caller gives along: its name, its cookies, its headers. */
public final class Caller {

    private static final String USER_AGENT = "User-Agent";
    private static final String ACCEPT_LANGUAGE = "Accept-Language";
    private static final String COOKIE = "Cookie";

    private final FetchRequest fetch;

    public Caller(FetchRequest fetch) {
        this.fetch = fetch;
    }

    /** Tells the tab before its page is asked for. */
    public void introduce(PageEvents events, Session session, Device device)
            throws VisitOver, PageLost, DevToolsException, InterruptedException {
        sayWhoAsks(events, device);
        setCookies(session);
    }

    /**
     * What the caller calls itself counts for everything that the page loads, and for its scripts.
     * The answer is waited for: a document that gets a process of its own knows only what was
     * answered before.
     */
    private void sayWhoAsks(PageEvents events, Device device)
            throws VisitOver, PageLost, DevToolsException, InterruptedException {
        String agent = header(USER_AGENT);
        String language = header(ACCEPT_LANGUAGE);
        if (!agent.isEmpty() || !language.isEmpty()) {
            var _ = events.call("Emulation.setUserAgentOverride", device.agent(agent, language));
        }
    }

    private void setCookies(Session session) {
        String cookies = header(COOKIE);
        if (cookies.isBlank()) {
            return;
        }
        ObjectNode params = DevTools.params();
        ArrayNode all = params.putArray("cookies");
        for (String pair : cookies.split(";", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                all.addObject()
                        .put("name", pair.substring(0, equals).strip())
                        .put("value", pair.substring(equals + 1).strip())
                        .put("url", fetch.url().toString());
            }
        }
        session.tell("Network.setCookies", params);
    }

    /**
     * The word that lets a request for the main document go on, with the caller's headers; those
     * that may be a secret are for the first origin only.
     */
    ObjectNode goesOn(JsonNode paused, URI url, String id) {
        Map<String, String> ours =
                FetchRequest.isSameOrigin(fetch.url(), url)
                        ? fetch.headers()
                        : FetchSpec.plain(fetch.headers());
        ObjectNode params = DevTools.params().put("requestId", id);
        if (ours.isEmpty()) {
            return params;
        }
        ArrayNode headers = params.putArray("headers");
        Set<String> given = new HashSet<>();
        ours.forEach(
                (name, value) -> {
                    if (!name.equalsIgnoreCase(COOKIE)) {
                        given.add(name.toLowerCase(Locale.ROOT));
                        headers.addObject().put("name", name).put("value", value);
                    }
                });
        paused.path("request")
                .path("headers")
                .forEachEntry(
                        (name, value) -> {
                            if (!given.contains(name.toLowerCase(Locale.ROOT))) {
                                headers.addObject()
                                        .put("name", name)
                                        .put("value", value.asString(""));
                            }
                        });
        return params;
    }

    /** The caller's header of this name, whatever its case; "" when there is none. */
    private String header(String name) {
        return fetch.headers().entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }
}
