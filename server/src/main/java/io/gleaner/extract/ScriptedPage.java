package io.gleaner.extract;

import io.gleaner.dom.TreeWalk;
import io.gleaner.select.Effort;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;

/**
 * What tells whether a page is an empty shell that its scripts fill: one walk over what the host
 * has sent, and rules of which the first that fits decides.
 */
final class ScriptedPage implements TreeWalk.Visitor {

    /** Of text outside of navigation that make a page, whatever its scripts add. */
    private static final int ENOUGH_CHARS = 400;

    private static final int ENOUGH_LINKS = 15;
    private static final int FEW_CHARS = 200;
    private static final int HARDLY_ANY_CHARS = 40;
    private static final int LONG_NOSCRIPT_CHARS = 200;

    /** So many times as much script as text. */
    private static final int MUCH_SCRIPT = 20;

    /** A Chinese, Japanese or Korean character says as much as three of an alphabet. */
    private static final int CJK_WEIGHT = 3;

    private static final Set<String> ASIDE = Set.of("nav", "header", "footer", "dialog", "aside");
    private static final Set<String> ROOTS =
            Set.of(
                    "root",
                    "app",
                    "__next",
                    "__nuxt",
                    "___gatsby",
                    "svelte",
                    "main-app",
                    "ember-app");
    private static final List<String> CHALLENGES =
            List.of(
                    "_cf_chl_opt",
                    "/cdn-cgi/challenge-platform/",
                    "ddos-guard/js-challenge",
                    "sucuri_cloudproxy_js",
                    "__jsl_clearance");
    private static final List<String> DENIALS =
            List.of("g-recaptcha", "h-captcha", "captcha-delivery.com", "px-captcha");
    private static final List<String> ASKS_FOR_SCRIPT =
            List.of(
                    "enable javascript",
                    "javascript is required",
                    "requires javascript",
                    "need to enable javascript",
                    "javascript is disabled",
                    "without javascript",
                    "turn on javascript");

    private int chars;
    private int allChars;
    private int scripts;
    private long scriptChars;
    private int links;
    private int asideDepth;
    private int unseenDepth;
    private boolean passwordField;
    private boolean metaRefresh;
    private boolean challenge;
    private boolean denied;
    private boolean asksForScript;
    private boolean saysMoreWithoutScript;
    private boolean appRoot;
    private boolean skeleton;
    private boolean emptyCustomElement;

    private ScriptedPage() {}

    static ScriptedPage of(Document document, Effort effort) {
        var page = new ScriptedPage();
        TreeWalk.over(document, effort, page);
        return page;
    }

    /** The first rule that fits decides. */
    BrowserNeed need() {
        if (challenge) {
            return need(true, "it tests whether a browser asks");
        }
        if (denied) {
            return need(false, "it asks for a person");
        }
        if (metaRefresh) {
            return need(false, "it sends on without a script");
        }
        if (saysMoreWithoutScript) {
            return need(false, "it says enough where there are no scripts");
        }
        if (scripts == 0) {
            return need(false, "it has no script");
        }
        if (chars >= ENOUGH_CHARS) {
            return need(false, "its text is there without scripts");
        }
        if (passwordField) {
            return need(false, "it asks to log in");
        }
        if (links >= ENOUGH_LINKS) {
            return need(false, "its links are there without scripts");
        }
        return shell();
    }

    private BrowserNeed shell() {
        if (appRoot && chars < HARDLY_ANY_CHARS) {
            return need(true, "the root of its application is empty");
        }
        if (asksForScript) {
            return need(true, "it asks for scripts");
        }
        if (skeleton) {
            return need(true, "it shows that it is still loading");
        }
        if (emptyCustomElement) {
            return need(true, "elements of its own are empty");
        }
        if (allChars < HARDLY_ANY_CHARS) {
            return need(true, "it has scripts and hardly any text");
        }
        if (chars < FEW_CHARS && scriptChars > (long) MUCH_SCRIPT * chars) {
            return need(true, "it has little text and much script");
        }
        return need(false, "nothing says that scripts fill it");
    }

    private BrowserNeed need(boolean needed, String why) {
        return new BrowserNeed(needed, why, chars);
    }

    @Override
    public boolean enter(Element element) {
        String name = element.normalName();
        switch (name) {
            case "script" -> script(element);
            case "noscript" -> noscript(element);
            case "style", "template", "title", "svg" -> {
                return false;
            }
            case "meta" -> metaRefresh |= element.attr("http-equiv").equalsIgnoreCase("refresh");
            case "input" -> passwordField |= element.attr("type").equalsIgnoreCase("password");
            case "a" -> links += element.hasAttr("href") && asideDepth == 0 ? 1 : 0;
            default -> element(element, name);
        }
        if (name.equals("script") || name.equals("noscript")) {
            return false;
        }
        if (ASIDE.contains(name)) {
            asideDepth++;
        }
        if (element.hasAttr("hidden")) {
            unseenDepth++;
        }
        return true;
    }

    @Override
    public void leave(Element element) {
        if (ASIDE.contains(element.normalName())) {
            asideDepth--;
        }
        if (element.hasAttr("hidden")) {
            unseenDepth--;
        }
    }

    @Override
    public void text(TextNode text) {
        if (unseenDepth > 0) {
            return;
        }
        int weight = weight(text.getWholeText());
        allChars += weight;
        if (asideDepth == 0) {
            chars += weight;
        }
        if (weight > 0 && weight < 2_000) {
            asksForScript |= asksForScript(text.getWholeText());
        }
    }

    private void element(Element element, String name) {
        String id = element.id().toLowerCase(Locale.ROOT);
        appRoot |= ROOTS.contains(id) || element.hasAttr("data-reactroot");
        appRoot |= name.equals("app-root") || element.hasAttr("ng-app");
        skeleton |=
                element.attr("aria-busy").equals("true")
                        || element.className().toLowerCase(Locale.ROOT).contains("skeleton");
        emptyCustomElement |= name.indexOf('-') > 0 && !element.hasText();
        denied |= DENIALS.stream().anyMatch(element.className()::contains);
    }

    private void script(Element element) {
        String type = element.attr("type").toLowerCase(Locale.ROOT);
        boolean runs = type.isEmpty() || type.equals("module") || type.endsWith("javascript");
        if (!runs) {
            return;
        }
        scripts++;
        String source = element.attr("src");
        String text = element.data();
        scriptChars += text.length();
        challenge |=
                CHALLENGES.stream().anyMatch(mark -> source.contains(mark) || text.contains(mark));
        denied |= DENIALS.stream().anyMatch(source::contains);
    }

    /** In the head it is parsed as text, in the body as elements. */
    private void noscript(Element element) {
        String text = element.text();
        boolean asks = asksForScript(text);
        asksForScript |= asks;
        saysMoreWithoutScript |= !asks && weight(text) >= LONG_NOSCRIPT_CHARS && isProse(element);
    }

    private static boolean isProse(Element noscript) {
        for (Node child : noscript.childNodes()) {
            if (child instanceof Element element
                    && !Set.of("img", "iframe", "link", "style", "meta")
                            .contains(element.normalName())) {
                return true;
            }
        }
        return noscript.ownText().length() >= LONG_NOSCRIPT_CHARS
                && noscript.ownText().indexOf('<') < 0;
    }

    private static boolean asksForScript(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return ASKS_FOR_SCRIPT.stream().anyMatch(lower::contains);
    }

    /** Characters that say something. */
    private static int weight(String text) {
        int weight = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c >= '\u3040' && c <= '\u9fff') || (c >= '\uac00' && c <= '\ud7af')) {
                weight += CJK_WEIGHT;
            } else if (!Character.isWhitespace(c)) {
                weight++;
            }
        }
        return weight;
    }
}
