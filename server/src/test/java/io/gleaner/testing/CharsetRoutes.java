package io.gleaner.testing;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.Locale;

/** The same three texts in many charsets, declared rightly, wrongly or not at all. */
final class CharsetRoutes {

    private static final Charset CYRILLIC = Charset.forName("windows-1251");

    private CharsetRoutes() {}

    static void addTo(TestSite site) {
        for (String name :
                new String[] {"windows-1251", "koi8-r", "shift_jis", "euc-jp", "gb18030"}) {
            addDeclarations(site, name, textFor(name));
        }
        addDeclarations(site, "utf-8", SiteTexts.RUSSIAN);
        addBom(site, "utf-8", UTF_8);
        addBom(site, "utf-16", UTF_16LE);
        addBom(site, "utf-16be", UTF_16BE);
        addLies(site);
    }

    private static void addDeclarations(TestSite site, String name, String text) {
        Charset charset = Charset.forName(name);
        byte[] plain = page("", text).getBytes(charset);
        byte[] declared = page("<meta charset=\"" + name + "\">", text).getBytes(charset);
        String path = "/charset/" + name.toLowerCase(Locale.ROOT);
        site.route(path + "-in-header", answer("text/html; charset=" + name, plain))
                .route(path + "-in-meta", answer("text/html", declared))
                .route(path + "-missing", answer("text/html", plain));
    }

    // The byte order mark says it, and nothing else does.
    private static void addBom(TestSite site, String name, Charset charset) {
        byte[] marked = ("\uFEFF" + page("", SiteTexts.RUSSIAN)).getBytes(charset);
        site.route("/charset/" + name + "-bom", answer("text/html", marked));
    }

    private static void addLies(TestSite site) {
        String right = page("<meta charset=\"windows-1251\">", SiteTexts.RUSSIAN);
        String wrong = page("<meta charset=\"utf-8\">", SiteTexts.RUSSIAN);
        site.route("/charset/wrong", answer("text/html; charset=utf-8", right.getBytes(CYRILLIC)))
                .route(
                        "/charset/wrong-meta",
                        answer("text/html; charset=windows-1251", wrong.getBytes(CYRILLIC)))
                .route(
                        "/charset/unknown",
                        answer("text/html; charset=x-no-such", right.getBytes(CYRILLIC)))
                .route("/charset/mixed", answer("text/html; charset=utf-8", mixed()));
    }

    // Valid UTF-8 but for one byte in the middle: one broken letter, not a broken page.
    private static byte[] mixed() {
        var bytes = new ByteArrayOutputStream();
        byte[] whole = page("", SiteTexts.RUSSIAN).getBytes(UTF_8);
        bytes.write(whole, 0, whole.length / 2);
        bytes.write(0xFF);
        bytes.write(whole, whole.length / 2, whole.length - whole.length / 2);
        return bytes.toByteArray();
    }

    private static String textFor(String charset) {
        return switch (charset) {
            case "shift_jis", "euc-jp" -> SiteTexts.JAPANESE;
            case "gb18030" -> SiteTexts.CHINESE;
            default -> SiteTexts.RUSSIAN;
        };
    }

    private static Route answer(String contentType, byte[] body) {
        return (request, out) -> out.send(200, contentType, body);
    }

    private static String page(String meta, String text) {
        return """
        <!doctype html>
        <html><head>%s<title>%s</title></head><body><p>%s</p></body></html>
        """
                .formatted(meta, text.substring(0, 7), text);
    }
}
