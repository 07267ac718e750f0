package io.gleaner.render;

import io.gleaner.testing.TestSite;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * A secret on loopback, over TCP and UDP, and a page that knows ever so many ways to it. Each way
 * that arrives is known by its path.
 */
final class WaysOut implements AutoCloseable {

    private static final String WAYS =
            """
            <!doctype html><html lang=en><head><title>Ways</title>
            <meta http-equiv="Content-Security-Policy-Report-Only"
                content="img-src 'none'; report-uri S/csp-report">
            <link rel=stylesheet href="S/stylesheet">
            <link rel=preload as=script href="S/preload">
            <link rel=prefetch href="S/prefetch">
            <link rel=modulepreload href="S/modulepreload">
            <link rel=preconnect href="S/">
            <link rel=dns-prefetch href="//secret.localhost:PORT">
            <link rel=manifest href="S/manifest">
            <link rel=icon href="S/icon">
            <script type=speculationrules>
            {"prefetch": [{"source": "list", "urls": ["S/speculation-prefetch"]}],
             "prerender": [{"source": "list", "urls": ["S/speculation-prerender"]}]}
            </script>
            <style>
            @import url("S/css-import");
            @font-face { font-family: f; src: url("S/font"); }
            #b { background: url("S/css-image"); font-family: f; }
            </style>
            <script src="S/script"></script>
            </head><body><p id=b>Text.</p>
            <img src="S/image" srcset="S/srcset 2x"><picture><source srcset="S/picture"><img></picture>
            <video src="S/video" poster="S/poster" autoplay muted><track default src="S/track"></video>
            <audio src="S/audio" autoplay muted></audio>
            <object data="S/object"></object><embed src="S/embed">
            <iframe src="S/frame"></iframe><iframe src="S/frame.pdf"></iframe>
            <iframe srcdoc="<meta http-equiv=refresh content='0;url=S/frame-refresh'>"></iframe>
            <iframe src="/redirects"></iframe>
            <iframe src="file:///etc/passwd"></iframe>
            <iframe src="view-source:S/view-source"></iframe>
            <iframe src="chrome://version"></iframe>
            <iframe name=target></iframe>
            <form id=form method=post action="S/form" target=target><input name=a value=b></form>
            <a id=ping href="#x" ping="S/ping">p</a>
            <svg><image href="S/svg-image"/><use href="S/svg-use#a"/></svg>
            <script>
            const attempt = (f) => { try { const r = f(); if (r && r.catch) r.catch(() => 0); }
                                     catch (e) { } };
            attempt(() => fetch('S/fetch', {mode: 'no-cors'}));
            attempt(() => fetch('S/fetch-keepalive', {mode: 'no-cors', keepalive: true}));
            attempt(() => fetch('S/fetch-post', {mode: 'no-cors', method: 'POST', body: 'x'}));
            attempt(() => fetch('/redirects?fetch', {mode: 'no-cors'}));
            attempt(() => fetch('http://2130706433:PORT/decimal', {mode: 'no-cors'}));
            attempt(() => fetch('http://0x7f.1:PORT/hex', {mode: 'no-cors'}));
            attempt(() => fetch('http://0:PORT/zero', {mode: 'no-cors'}));
            attempt(() => fetch('http://127.1:PORT/short', {mode: 'no-cors'}));
            attempt(() => fetch('http://0177.0.0.1:PORT/octal', {mode: 'no-cors'}));
            attempt(() => fetch('http://localhost.:PORT/dotted', {mode: 'no-cors'}));
            attempt(() => fetch('http://%EF%BC%91%32%37.0.0.1:PORT/wide', {mode: 'no-cors'}));
            attempt(() => fetch('http://localhost:PORT/localhost', {mode: 'no-cors'}));
            attempt(() => fetch('http://a.localhost:PORT/sub-localhost', {mode: 'no-cors'}));
            attempt(() => fetch('http://[::ffff:127.0.0.1]:PORT/mapped', {mode: 'no-cors'}));
            attempt(() => fetch('http://rebinding.example:PORT/rebinding', {mode: 'no-cors'}));
            attempt(() => { const x = new XMLHttpRequest(); x.open('GET', 'S/xhr'); x.send(); });
            attempt(() => new WebSocket('ws://127.0.0.1:PORT/websocket'));
            attempt(() => new EventSource('S/event-source'));
            attempt(() => navigator.sendBeacon('S/beacon', 'x'));
            attempt(() => import('S/dynamic-import'));
            attempt(() => new Worker(URL.createObjectURL(new Blob(
                ["fetch('S/worker-fetch', {mode: 'no-cors'}); importScripts('S/worker-import')"]))));
            attempt(() => new SharedWorker(URL.createObjectURL(new Blob(
                ["fetch('S/shared-worker-fetch', {mode: 'no-cors'})"]))));
            attempt(() => navigator.serviceWorker.register('/worker.js'));
            attempt(() => { new Image().src = 'S/new-image'; });
            attempt(() => document.getElementById('form').submit());
            attempt(() => document.getElementById('ping').click());
            attempt(() => window.open('S/window-open'));
            attempt(() => { const f = document.createElement('iframe'); document.body.append(f);
                            f.contentWindow.location = 'S/frame-location'; });
            attempt(() => { const t = new WebTransport('https://127.0.0.1:UDP/webtransport');
                            t.ready.catch(() => 0); t.closed.catch(() => 0); });
            attempt(() => {
              const c = new RTCPeerConnection({iceServers: [{urls: 'stun:127.0.0.1:UDP'},
                  {urls: 'turn:127.0.0.1:UDP', username: 'a', credential: 'b'},
                  {urls: 'turn:127.0.0.1:PORT?transport=tcp', username: 'a', credential: 'b'}]});
              c.createDataChannel('d');
              c.createOffer().then((o) => c.setLocalDescription(o));
            });
            </script></body></html>
            """;

    private static final String WORKER =
            "self.addEventListener('install', () => fetch('S/service-worker-fetch',"
                    + " {mode: 'no-cors'}).catch(() => 0));";

    private final TestSite secret = TestSite.start();
    private final TestSite pages = TestSite.start("127.0.0.2");
    private final DatagramSocket datagrams;
    private final AtomicInteger received = new AtomicInteger();

    WaysOut() throws IOException {
        datagrams = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"));
        Thread.ofPlatform().daemon().start(this::receive);
        pages.route("/ways", (_, out) -> out.html(filled(WAYS)));
        pages.route(
                "/worker.js",
                (_, out) ->
                        out.send(
                                200,
                                "text/javascript",
                                filled(WORKER).getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        pages.route("/redirects", (_, out) -> out.redirect(302, secretUrl("/redirect")));
        pages.route(
                "/goes",
                (_, out) ->
                        out.html("<script>location = '" + secretUrl("/location") + "'</script>"));
        pages.route(
                "/refreshes",
                (_, out) ->
                        out.html(
                                "<meta http-equiv=refresh content='0;url="
                                        + secretUrl("/refresh")
                                        + "'>"));
    }

    private void receive() {
        while (!datagrams.isClosed()) {
            try {
                datagrams.receive(new DatagramPacket(new byte[2048], 2048));
                received.incrementAndGet();
            } catch (IOException e) {
                return;
            }
        }
    }

    private String filled(String text) {
        return text.replace("S/", secretUrl("/"))
                .replace("PORT", Integer.toString(secret.port()))
                .replace("UDP", Integer.toString(datagrams.getLocalPort()));
    }

    private String secretUrl(String path) {
        return secret.url(path).toString();
    }

    /** Pages that try, the one with most of the ways first. */
    List<java.net.URI> pages() {
        return Arrays.asList(
                pages.url("/ways"),
                pages.url("/redirects"),
                pages.url("/goes"),
                pages.url("/refreshes"));
    }

    /** The ways that have arrived at the secret over TCP. */
    Set<String> arrived() {
        return secret.log().stream()
                .map(request -> request.path().substring(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Connections made to the secret, with or without a request. */
    int connections() {
        return secret.connections();
    }

    /** Datagrams sent to the secret. */
    int datagrams() {
        return received.get();
    }

    @Override
    public void close() {
        datagrams.close();
        secret.close();
        pages.close();
    }
}
