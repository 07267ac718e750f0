package io.gleaner.write;

import io.gleaner.dom.Role;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** The language of a code block, from the class names that highlighters leave around it. */
final class CodeLanguage {

    private static final String[] PREFIXES = {
        "language-", "lang-", "highlight-source-", "highlight-text-", "highlight-", "brush-"
    };
    private static final Set<String> BARE_MARKERS =
            Set.of(
                    "hljs",
                    "sourcecode",
                    "brush:",
                    "prettyprint",
                    "code",
                    "highlight",
                    "codehilite");
    private static final Set<String> NO_LANGUAGE =
            Set.of("default", "none", "text", "plaintext", "plain", "nohighlight", "auto", "wrap");
    private static final Map<String, String> SHORTER =
            Map.of("python3", "python", "pycon3", "pycon", "shell-session", "console");
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9+#._-]{0,30}");

    private static final Pattern BETWEEN_CLASSES = Pattern.compile("[\\s;]+");

    private CodeLanguage() {}

    /** A name for the fence, or "" if the page does not say. */
    static String of(Element pre) {
        var code = pre.firstElementChild();
        if (code != null && Role.of(code) == Role.CODE) {
            String language = fromClasses(code);
            if (!language.isEmpty()) {
                return language;
            }
        }
        // Sphinx and GitHub name it on a wrapper, at most two levels up.
        Element element = pre;
        for (int i = 0; i < 3 && element != null; i++) {
            String language = fromClasses(element);
            if (!language.isEmpty()) {
                return language;
            }
            element = onlyBlockParent(element);
        }
        return "";
    }

    private static @Nullable Element onlyBlockParent(Element element) {
        var parent = element.parent();
        return parent != null && parent.normalName().equals("div") ? parent : null;
    }

    private static String fromClasses(Element element) {
        String data = element.attr("data-lang").toLowerCase(Locale.ROOT);
        if (NAME.matcher(data).matches()) {
            return known(data);
        }
        String classes = element.attr("class").toLowerCase(Locale.ROOT);
        if (classes.isEmpty() || classes.length() > 500) {
            return "";
        }
        boolean marked = false;
        for (String name : BETWEEN_CLASSES.split(classes, -1)) {
            String language = afterPrefix(name);
            if (language.isEmpty() && marked && NAME.matcher(name).matches()) {
                language = known(name);
            }
            if (!language.isEmpty()) {
                return language;
            }
            marked |= BARE_MARKERS.contains(name) && !isWrapper(element);
        }
        return "";
    }

    private static boolean isWrapper(Element element) {
        return element.normalName().equals("div");
    }

    private static String afterPrefix(String name) {
        for (String prefix : PREFIXES) {
            if (name.startsWith(prefix)) {
                String language = name.substring(prefix.length());
                return NAME.matcher(language).matches() ? known(language) : "";
            }
        }
        return "";
    }

    private static String known(String language) {
        return NO_LANGUAGE.contains(language) ? "" : SHORTER.getOrDefault(language, language);
    }
}
