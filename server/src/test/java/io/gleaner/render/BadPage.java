package io.gleaner.render;

/** Pages that do a browser harm by their scripts alone. */
enum BadPage {
    LOOP("<p>Begun.<script>for (;;);</script>"),
    LOOP_AFTER_THE_LOAD("<script>onload = () => { for (;;); }</script>"),
    ALERTS("<script>for (;;) alert('again');</script>"),
    WOULD_NOT_BE_LEFT("<p>Stay.<script>onbeforeunload = () => 'stay'; confirm('?')</script>"),
    DOWNLOAD("<p>Here.<a id=a href=/zip download></a><script>a.click()</script>"),
    POPUPS(
            "<p>Here.<script>for (let i = 0; i < 20; i++) window.open('/about.html?' + i);"
                    + "</script>"),
    MANY_ELEMENTS(
            "<script>const all = []; for (let i = 0; i < 3e6; i++)"
                    + " all.push(document.createElement('b')); document.body.append(...all.slice(0,"
                    + " 1e5)); for (let i = 1e5; i < 3e6; i += 1e5)"
                    + " document.body.append(...all.slice(i, i + 1e5))</script>"),
    HEAP("<script>const all = []; for (;;) all.push(new Array(1000).fill({}));</script>"),
    BUFFERS(
            "<script>const all = []; for (;;)"
                    + " all.push(new Uint8Array(32 << 20).fill(7));</script>"),
    FLOOD(
            "<p>Here.<script>for (let i = 0; ; i++) { try { const x = new XMLHttpRequest();"
                    + " x.open('GET', '/about.html?' + i, false); x.send(); } catch (e) { } }"
                    + "</script>");

    private final String body;

    BadPage(String body) {
        this.body = body;
    }

    String path() {
        return "/bad/" + name();
    }

    String html() {
        return "<!doctype html><title>T</title>" + body;
    }
}
