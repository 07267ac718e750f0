package io.gleaner.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Applications as sites have them, each with content that a reader sees: some of it is in the HTML,
 * some only appears in a browser.
 */
public final class ApplicationRoutes {

    private static final String PROSE =
            """
            <p>The harbour of the old town has been rebuilt three times, and each time the stones of the
            former mole went into the new one, so that the lowest courses are a thousand years older
            than the lamp that stands on them. Fishermen still call the northern end by the name of a
            chapel that nobody alive has seen, and the tide tables hang where its door used to be. In
            winter the ferries go once a day, and the baker opens an hour later than in summer.</p>
            """;

    private final TestSite site;
    private final List<Application> all = new ArrayList<>();

    private ApplicationRoutes(TestSite site) {
        this.site = site;
    }

    /** Adds all of them to a site. */
    public static List<Application> addTo(TestSite site) {
        var routes = new ApplicationRoutes(site);
        routes.data();
        routes.plain();
        routes.shells();
        routes.delivered();
        routes.placed();
        routes.moved();
        return List.copyOf(routes.all);
    }

    private void add(String name, String what, boolean needs, String html, String... content) {
        String path = "/apps/" + name;
        site.route(
                path,
                (_, out) ->
                        out.html(
                                "<!doctype html><html lang=en><head><meta charset=utf-8><title>%s</title></head>%s</html>"
                                        .formatted(name, html)));
        all.add(new Application(path, what, needs, List.of(content)));
    }

    private void data() {
        site.route("/apps-data/one", (_, out) -> out.text("Word from the server."));
        site.route("/apps-data/next", (_, out) -> out.text("/apps-data/last"));
        site.route("/apps-data/last", (_, out) -> out.text("Last of three answers."));
        site.route(
                "/apps-data/module.js",
                (_, out) ->
                        out.send(
                                200,
                                "text/javascript",
                                "export const text = 'Said by a module.';".getBytes(UTF_8)));
        site.route(
                "/apps/worker.js",
                (_, out) ->
                        out.send(
                                200,
                                "text/javascript",
                                """
                                self.addEventListener('install', () => self.skipWaiting());
                                self.addEventListener('activate', (e) => e.waitUntil(clients.claim()));
                                self.addEventListener('fetch', (e) => {
                                  if (e.request.url.endsWith('/apps-data/by-worker'))
                                    e.respondWith(new Response('Answered by the worker.'));
                                });\
                                """
                                        .getBytes(UTF_8)));
        site.route("/apps-data/socket", ApplicationRoutes::socket);
        site.route(
                "/apps-data/events",
                (_, out) -> {
                    out.header("Content-Type", "text/event-stream").head(200);
                    out.write("data: Told by an event.\n\n");
                    out.pause(Duration.ofMinutes(5));
                });
        site.route(
                "/apps-data/inner",
                (_, out) -> out.html("<body><h2>Inner</h2><p>Said inside of a frame.</p>"));
    }

    /** A handshake and one frame of text (RFC 6455). */
    private static void socket(RecordedRequest request, RawResponse out) throws IOException {
        String key = request.header("Sec-WebSocket-Key") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
        byte[] text = "Pushed through a socket.".getBytes(UTF_8);
        var frame = new ByteArrayOutputStream();
        frame.write(0x81);
        frame.write(text.length);
        frame.write(text);
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(key.getBytes(ISO_8859_1));
            out.write(
                    "HTTP/1.1 101 Switching\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: %s\r\n\r\n"
                            .formatted(Base64.getEncoder().encodeToString(digest)));
        } catch (NoSuchAlgorithmException e) {
            throw new IOException(e);
        }
        out.write(frame.toByteArray());
        out.pause(Duration.ofMinutes(5));
    }

    private void plain() {
        add(
                "plain",
                "a page without scripts",
                false,
                "<main><h1>Plain</h1>" + PROSE + "</main>",
                "harbour of the old town");
        add(
                "counted",
                "an article with a script that only counts",
                false,
                "<main><h1>Counted</h1>" + PROSE + "</main><script>window.counted = 1</script>",
                "harbour of the old town");
        add(
                "hydrated",
                "rendered by its server, then hydrated",
                false,
                "<div id=__next><h1>Hydrated</h1>"
                        + PROSE
                        + "</div><script id=__NEXT_DATA__"
                        + " type=application/json>{\"a\":1}</script><script>document.getElementById('__next').dataset.alive"
                        + " = 1</script>",
                "harbour of the old town");
        add(
                "declared",
                "declarative shadow DOM, no script",
                false,
                "<div><template shadowrootmode=open><h1>Declared</h1><p>Said in a declared"
                        + " shadow.</p></template></div>",
                "Said in a declared shadow.");
        add(
                "print",
                "content for print only",
                false,
                "<style>@media screen { main { display: none } }</style><main><h1>Print</h1>"
                        + PROSE
                        + "</main><script>window.a = 1</script>",
                "harbour of the old town");
        add(
                "noscript",
                "says all of it where there are no scripts",
                false,
                "<body><div id=app></div><noscript><h1>No script</h1>"
                        + PROSE
                        + "</noscript><script>window.a = 1</script></body>",
                "No script");
        add(
                "login",
                "asks to log in",
                false,
                "<main><h1>Log in</h1><p>Members only.</p><form><input name=u><input type=password"
                        + " name=p></form></main><script>window.a = 1</script>",
                "Members only.");
        add(
                "links",
                "a list of links with a script",
                false,
                "<main><h1>Links</h1><ul>"
                        + "<li><a href=/about.html>Go</a></li>".repeat(20)
                        + "</ul></main><script>window.a = 1</script>",
                "Links");
        add(
                "japanese",
                "an article in Japanese with a script",
                false,
                "<main><h1>港</h1><p>"
                        + "古い町の港は三度建て直された。".repeat(14)
                        + "</p></main><script>window.a = 1</script>",
                "古い町の港");
        add(
                "slotted",
                "a custom element around content that is there",
                false,
                "<x-card><h1>Slotted</h1>"
                        + PROSE
                        + "</x-card><script>customElements.define('x-card', class extends"
                        + " HTMLElement {})</script>",
                "harbour of the old town");
        add(
                "described",
                "little text, and data that no browser runs",
                false,
                "<main><h1>Described</h1><p>A short page that needs nothing.</p></main><script"
                        + " type=application/ld+json>{\"@type\":\"Thing\"}</script>",
                "A short page that needs nothing.");
    }

    private void shells() {
        add(
                "shell",
                "an empty root",
                true,
                "<body><div id=root></div><script>document.getElementById('root').innerHTML ="
                        + " '<main><h1>Shell</h1><p>Built by the' + ' script.</p></main>'</script>",
                "Built by the script.");
        add(
                "asks",
                "asks for scripts",
                true,
                "<body><noscript>You need to enable JavaScript to run this app.</noscript><div"
                        + " id=x></div><script>document.getElementById('x').innerHTML ="
                        + " '<h1>Asks</h1><p>Given after' + ' all.</p>'</script>",
                "Given after all.");
        add(
                "skeleton",
                "shows grey boxes first",
                true,
                "<body><div class=skeleton-card aria-busy=true>Just a little patience, the story of"
                        + " the day is being loaded</div><script>document.body.innerHTML ="
                        + " '<h1>Skeleton</h1><p>Flesh on the' + ' bones.</p>'</script>",
                "Flesh on the bones.");
        add(
                "component",
                "a custom element without text",
                true,
                "<body><h1>Component</h1><my-article></my-article><script>customElements.define('my-article',"
                    + " class extends HTMLElement { connectedCallback() { this.attachShadow({mode:"
                    + " 'open'}).innerHTML = '<p>Said in an open' + ' shadow.</p>' } })</script>",
                "Said in an open shadow.");
        add(
                "written",
                "writes itself",
                true,
                "<body><script>document.write('<h1>Written</h1><p>Written while it' + '"
                        + " loads.</p>')</script>",
                "Written while it loads.");
        add(
                "module",
                "a module that imports",
                true,
                "<body><div id=app></div><script type=module>import {text} from"
                        + " '/apps-data/module.js'; document.getElementById('app').innerHTML ="
                        + " '<h1>Module</h1><p>' + text + '</p>'</script>",
                "Said by a module.");
        add(
                "template",
                "clones a template",
                true,
                "<body><template id=t><h1>Template</h1><p>Cloned from a"
                    + " template.</p></template><div"
                    + " id=app></div><script>document.getElementById('app').append(document.getElementById('t').content.cloneNode(true))</script>",
                "Cloned from a template.");
        add(
                "heavy",
                "much script, little text",
                true,
                "<body><p>Some words about the weather that are here to begin with.</p><script>/*"
                        + "x".repeat(6_000)
                        + "*/ document.body.insertAdjacentHTML('beforeend', '<h1>Heavy</h1><p>More"
                        + " than it' + ' said.</p>')</script>",
                "More than it said.");
        add(
                "canvas",
                "draws, and says what it has drawn",
                true,
                "<body><canvas"
                    + " id=c></canvas><script>document.getElementById('c').getContext('2d').fillText('drawn',"
                    + " 5, 5); document.body.insertAdjacentHTML('beforeend', '<h1>Canvas</h1><p>A"
                    + " drawing, and its' + ' words.</p>')</script>",
                "A drawing, and its words.");
    }

    private void delivered() {
        add(
                "fetched",
                "fetches its content",
                true,
                "<body><div id=app></div><script>fetch('/apps-data/one').then((r) =>"
                        + " r.text()).then((t) => { document.getElementById('app').innerHTML ="
                        + " '<h1>Fetched</h1><p>' + t + '</p>' })</script>",
                "Word from the server.");
        add(
                "chained",
                "fetches one answer after the other",
                true,
                "<body><div id=app></div><script>fetch('/apps-data/next').then((r) =>"
                        + " r.text()).then((u) => fetch(u)).then((r) => r.text()).then((t) => {"
                        + " document.getElementById('app').innerHTML = '<h1>Chained</h1><p>' + t +"
                        + " '</p>' })</script>",
                "Last of three answers.");
        add(
                "socket",
                "waits for a web socket",
                true,
                "<body><div id=app></div><script>new WebSocket('ws://' + location.host +"
                    + " '/apps-data/socket').onmessage = (m) => {"
                    + " document.getElementById('app').innerHTML = '<h1>Socket</h1><p>' + m.data +"
                    + " '</p>' }</script>",
                "Pushed through a socket.");
        add(
                "events",
                "listens to events",
                true,
                "<body><div id=app></div><script>new EventSource('/apps-data/events').onmessage ="
                    + " (m) => { document.getElementById('app').innerHTML = '<h1>Events</h1><p>' +"
                    + " m.data + '</p>' }</script>",
                "Told by an event.");
        add(
                "worker",
                "a service worker answers",
                true,
                "<body><div"
                    + " id=app></div><script>navigator.serviceWorker.register('/apps/worker.js').then(()"
                    + " => navigator.serviceWorker.ready).then(() => new Promise((go) => { if"
                    + " (navigator.serviceWorker.controller) go(); else"
                    + " navigator.serviceWorker.oncontrollerchange = go })).then(() =>"
                    + " fetch('/apps-data/by-worker')).then((r) => r.text()).then((t) => {"
                    + " document.getElementById('app').innerHTML = '<h1>Worker</h1><p>' + t +"
                    + " '</p>' })</script>",
                "Answered by the worker.");
        add(
                "scrolled",
                "grows while it is in sight",
                true,
                "<body><div id=root></div><div id=end></div><script>let n = 0; new"
                    + " IntersectionObserver((s) => { if (s[0].isIntersecting && n < 30) for (let i"
                    + " = 0; i < 10; i++) root.insertAdjacentHTML('beforeend', '<p>Entry ' + (++n)"
                    + " + ' of the list.</p>') }).observe(end)</script>",
                "Entry 10 of the list.");
    }

    private void placed() {
        add(
                "frame",
                "content in a frame of its own",
                true,
                "<body><h1>Frame</h1><iframe src=/apps-data/inner></iframe><script>window.a ="
                        + " 1</script>",
                "Said inside of a frame.");
        add(
                "srcdoc",
                "content in a frame that is written",
                true,
                "<body><div id=app></div><script>const f = document.createElement('iframe');"
                        + " f.srcdoc = '<h2>Written</h2><p>Said in a written' + ' frame.</p>';"
                        + " document.getElementById('app').append(f)</script>",
                "Said in a written frame.");
        add(
                "lazy",
                "images with their address elsewhere",
                true,
                "<body><div id=root></div><script>root.innerHTML = '<h1>Lazy</h1><p>Pictures of the"
                    + " harbour.</p><img data-src=/harbour-7.png alt=Harbour>'; new"
                    + " IntersectionObserver((s) => { for (const e of s) e.target.src ="
                    + " e.target.dataset.src }).observe(document.querySelector('img'))</script>",
                "harbour-7.png");
        add(
                "consent",
                "behind a question",
                true,
                "<body><dialog open id=d><p>We value your privacy.</p></dialog><div"
                    + " id=app></div><script>const show = () => {"
                    + " document.getElementById('app').innerHTML = '<main><h1>Consent</h1><p>Behind"
                    + " the' + ' question.</p></main>' }; show()</script>",
                "Behind the question.");
        add(
                "nested",
                "shadows in shadows",
                true,
                "<body><x-outer></x-outer><script>customElements.define('x-inner', class extends"
                        + " HTMLElement { connectedCallback() { this.attachShadow({mode:"
                        + " 'open'}).innerHTML = '<p>Two shadows' + ' deep.</p>' } });"
                        + " customElements.define('x-outer', class extends HTMLElement {"
                        + " connectedCallback() { this.attachShadow({mode: 'open'}).innerHTML ="
                        + " '<h1>Nested</h1><x-inner></x-inner>' } })</script>",
                "Two shadows deep.");
    }

    private void moved() {
        add(
                "sent",
                "goes elsewhere by script",
                true,
                "<body><script>location.replace('/apps/plain')</script>",
                "harbour of the old town");
        add(
                "history",
                "gives itself another address",
                true,
                "<body><div id=app></div><script>history.pushState({}, '', '/apps/history/step');"
                        + " document.getElementById('app').innerHTML = '<h1>History</h1><p>At ' +"
                        + " location.pathname + '.</p>'</script>",
                "At /apps/history/step.");
        add(
                "hash",
                "goes by what is behind the hash",
                true,
                "<body><div id=root></div><script>addEventListener('hashchange', () => {"
                    + " root.innerHTML = '<h1>Hash</h1><p>Now at ' + location.hash + '.</p>' });"
                    + " location.hash = '#/home'</script>",
                "Now at #/home.");
        add(
                "refresh",
                "sends on without a script",
                false,
                "<head><meta http-equiv=refresh"
                        + " content='0;url=/apps/plain'></head><body><script>window.a = 1</script>",
                "harbour of the old town");
    }
}
