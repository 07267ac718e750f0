package io.gleaner.cli.option;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The service refuses input by the name it has in the HTTP API; a person typed a flag. */
public final class FieldNames {

    private static final Pattern FIELD =
            Pattern.compile("^(?:crawl\\.)?([a-z]+(?:[A-Z][a-z]+)*)(?:\\[\\d+])? must be");
    private static final Pattern CAPITAL = Pattern.compile("[A-Z]");

    private FieldNames() {}

    /** {@code crawl.maxDepth must be ...} becomes {@code --max-depth must be ...}. */
    public static String asFlags(String message) {
        Matcher field = FIELD.matcher(message);
        if (!field.find()) {
            return message;
        }
        String rest = " must be" + message.substring(field.end());
        String name = field.group(1);
        if (name.equals("url")) {
            return "URL" + rest;
        }
        String flag =
                CAPITAL.matcher(name)
                        .replaceAll(capital -> "-" + capital.group().toLowerCase(Locale.ROOT));
        return "--" + flag + rest;
    }
}
