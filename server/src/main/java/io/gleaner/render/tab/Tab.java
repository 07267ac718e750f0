package io.gleaner.render.tab;

import io.gleaner.browser.DevTools;
import io.gleaner.browser.DevToolsException;
import io.gleaner.browser.Event;
import io.gleaner.browser.Session;
import io.gleaner.fetch.GuardedConnector;
import io.gleaner.job.rendering.RenderSpec;
import io.gleaner.proxy.AdHosts;
import io.gleaner.proxy.Entrance;
import io.gleaner.render.port.RenderConfig;
import io.gleaner.render.port.TabKey;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A context of the browser with its one tab and its entrance to the network. What needs no
 * decision, it answers by itself: dialogs, blocked types, documents of frames.
 */
public final class Tab {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String BLANK = "about:blank";

    /** One transparent pixel: a page that hears of a failure may take the image out. */
    private static final String PIXEL = "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";

    private final DevTools devTools;
    private final TabKey key;
    private final Entrance entrance;
    private final String context;
    private final Device device;
    private final Session session;
    private final String mainFrame;
    private volatile @Nullable Consumer<Event> visit;
    private volatile boolean broken;
    private final Set<String> origins = new HashSet<>();
    private long usedAt = System.nanoTime();

    private Tab(
            DevTools devTools,
            TabKey key,
            Entrance entrance,
            String context,
            Device device,
            String mainFrame,
            String sessionId) {
        this.devTools = devTools;
        this.key = key;
        this.entrance = entrance;
        this.context = context;
        this.device = device;
        this.mainFrame = mainFrame;
        this.session = devTools.session(sessionId, this::heard);
    }

    static Tab open(
            DevTools devTools,
            TabKey key,
            GuardedConnector connector,
            RenderConfig config,
            String userAgent,
            RenderSpec spec)
            throws DevToolsException, InterruptedException, IOException {
        Entrance entrance =
                Entrance.open(
                        connector,
                        config.limits(),
                        spec.blockAds() ? AdHosts.besides(key.host()) : AdHosts.none());
        var device = new Device(spec.device(), userAgent);
        try {
            String context = createContext(devTools, entrance);
            try {
                Tab tab = attach(devTools, key, entrance, context, device);
                tab.prepare(spec);
                return tab;
            } catch (DevToolsException | InterruptedException e) {
                dispose(devTools, context);
                throw e;
            }
        } catch (DevToolsException | InterruptedException e) {
            entrance.close();
            throw e;
        }
    }

    private static String createContext(DevTools devTools, Entrance entrance)
            throws DevToolsException, InterruptedException {
        var asked = DevTools.params();
        asked.put("disposeOnDetach", true)
                .put("proxyServer", "http://127.0.0.1:" + entrance.port())
                .put("proxyBypassList", "<-loopback>");
        String context =
                devTools.call("Target.createBrowserContext", asked, PATIENCE)
                        .path("browserContextId")
                        .asString("");
        var downloads = DevTools.params();
        downloads.put("behavior", "deny").put("browserContextId", context);
        devTools.call("Browser.setDownloadBehavior", downloads, PATIENCE);
        return context;
    }

    private static Tab attach(
            DevTools devTools, TabKey key, Entrance entrance, String context, Device device)
            throws DevToolsException, InterruptedException {
        var page = DevTools.params();
        page.put("url", BLANK)
                .put("browserContextId", context)
                .put("width", device.viewport().width())
                .put("height", device.viewport().height());
        String target =
                devTools.call("Target.createTarget", page, PATIENCE).path("targetId").asString("");
        var attached = DevTools.params();
        attached.put("targetId", target).put("flatten", true);
        String sessionId =
                devTools.call("Target.attachToTarget", attached, PATIENCE)
                        .path("sessionId")
                        .asString("");
        // The main frame of a page has the number of its target.
        return new Tab(devTools, key, entrance, context, device, target, sessionId);
    }

    private void prepare(RenderSpec spec) throws DevToolsException, InterruptedException {
        session.tell("Inspector.enable", DevTools.params());
        session.tell("Page.enable", DevTools.params());
        // Some of it is the page's process's business, which may only just have begun.
        var _ =
                session.call(
                        "Page.setLifecycleEventsEnabled",
                        DevTools.params().put("enabled", true),
                        PATIENCE);
        device.introduce(session);
        if (!spec.actions().isEmpty()) {
            // Keys go where the cursor is, which needs a window that is looked at.
            session.tell(
                    "Emulation.setFocusEmulationEnabled", DevTools.params().put("enabled", true));
        }
        var _ = session.call("Fetch.enable", paused(spec.showsPictures()), PATIENCE);
    }

    private static ObjectNode paused(boolean loadsAll) {
        ObjectNode params = DevTools.params();
        ArrayNode patterns = params.putArray("patterns");
        patterns.addObject().put("resourceType", "Document").put("requestStage", "Request");
        patterns.addObject().put("resourceType", "Document").put("requestStage", "Response");
        // A picture of a page has pictures in it.
        List<String> blocked = loadsAll ? List.of("Media") : List.of("Image", "Media", "Font");
        for (String type : blocked) {
            patterns.addObject().put("resourceType", type).put("requestStage", "Request");
        }
        return params;
    }

    TabKey key() {
        return key;
    }

    public Entrance entrance() {
        return entrance;
    }

    public Device device() {
        return device;
    }

    public Session session() {
        return session;
    }

    public String mainFrame() {
        return mainFrame;
    }

    String context() {
        return context;
    }

    long usedAt() {
        return usedAt;
    }

    /** Whether it can have another page. */
    boolean isUsable() {
        return !broken && !devTools.isGone();
    }

    /** What the main frame does is told to this one, on a thread that must not wait. */
    public void begin(Consumer<Event> listener) {
        visit = listener;
    }

    /** The page has been taken. What it stored goes, what it runs ends. */
    void rest() {
        visit = null;
        usedAt = System.nanoTime();
        session.tell("Page.navigate", DevTools.params().put("url", BLANK));
        devTools.tellBrowser(
                "Storage.clearCookies", DevTools.params().put("browserContextId", context));
        origins.forEach(this::forget);
        origins.clear();
    }

    /** A main document of this origin is shown, and may store something. */
    public void shows(String origin) {
        origins.add(origin);
    }

    private void forget(String origin) {
        session.tell(
                "Storage.clearDataForOrigin",
                DevTools.params()
                        .put("origin", origin)
                        .put(
                                "storageTypes",
                                "local_storage,indexeddb,service_workers,cache_storage"));
    }

    /**
     * Throws context and pages away, whatever they do.
     *
     * @return whether the browser said in time that they are gone
     */
    boolean dispose(Duration patience) throws InterruptedException {
        broken = true;
        visit = null;
        session.leave();
        entrance.close();
        try {
            devTools.call(
                    "Target.disposeBrowserContext",
                    DevTools.params().put("browserContextId", context),
                    patience);
            return true;
        } catch (DevToolsException e) {
            return e.kind() != DevToolsException.Kind.LATE;
        }
    }

    private static void dispose(DevTools devTools, String context) {
        devTools.tellBrowser(
                "Target.disposeBrowserContext", DevTools.params().put("browserContextId", context));
    }

    private void heard(Event event) {
        switch (event.method()) {
            case "Page.javascriptDialogOpening" -> dismiss(event.params());
            case "Fetch.requestPaused" -> paused(event);
            case "Inspector.targetCrashed", Session.GONE -> {
                broken = true;
                pass(event);
            }
            case "Page.frameNavigated", "Page.lifecycleEvent" -> pass(event);
            default -> {
                // Nothing that we asked for.
            }
        }
    }

    private void pass(Event event) {
        Consumer<Event> listener = visit;
        if (listener != null) {
            listener.accept(event);
        }
    }

    /** Nobody is there to answer. A page that would not be left is left. */
    private void dismiss(JsonNode dialog) {
        boolean leaving = dialog.path("type").asString("").equals("beforeunload");
        session.tell("Page.handleJavaScriptDialog", DevTools.params().put("accept", leaving));
    }

    private void paused(Event event) {
        JsonNode params = event.params();
        String id = params.path("requestId").asString("");
        switch (params.path("resourceType").asString("")) {
            case "Document" -> {
                if (params.path("frameId").asString("").equals(mainFrame)) {
                    mainDocument(event, id);
                } else {
                    frameDocument(params, id);
                }
            }
            case "Image" -> fulfil(id);
            case "Media", "Font" -> fail(id, "BlockedByClient");
            default -> goOn(id);
        }
    }

    private void mainDocument(Event event, String id) {
        if (visit != null) {
            pass(event);
        } else {
            fail(id, "Aborted");
        }
    }

    private void frameDocument(JsonNode params, String id) {
        if (isFetched(params.path("request").path("url").asString(""))) {
            goOn(id);
        } else {
            fail(id, "AccessDenied");
        }
    }

    public static boolean isFetched(String url) {
        return url.startsWith("http://") || url.startsWith("https://");
    }

    public void goOn(String requestId) {
        session.tell("Fetch.continueRequest", DevTools.params().put("requestId", requestId));
    }

    public void fail(String requestId, String reason) {
        session.tell(
                "Fetch.failRequest",
                DevTools.params().put("requestId", requestId).put("errorReason", reason));
    }

    private void fulfil(String requestId) {
        ObjectNode answer = DevTools.params();
        answer.put("requestId", requestId).put("responseCode", 200).put("body", PIXEL);
        answer.putArray("responseHeaders")
                .addObject()
                .put("name", "Content-Type")
                .put("value", "image/gif");
        session.tell("Fetch.fulfillRequest", answer);
    }
}
