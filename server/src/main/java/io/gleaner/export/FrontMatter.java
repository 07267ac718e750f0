package io.gleaner.export;

import io.gleaner.job.Page;
import java.util.Map;

/** The YAML block at the head of a page's Markdown file. */
public final class FrontMatter {

    private FrontMatter() {}

    public static String of(Page.Content page) {
        Map<String, String> metadata = page.content().metadata();
        var yaml = new StringBuilder("---\n");
        text(yaml, "url", page.url());
        text(yaml, "finalUrl", page.finalUrl());
        if (metadata != null) {
            text(yaml, "title", metadata.getOrDefault("title", ""));
            text(yaml, "description", metadata.getOrDefault("description", ""));
        }
        text(yaml, "fetchedAt", page.fetchedAt().toString());
        yaml.append("status: ").append(page.status()).append('\n');
        yaml.append("depth: ").append(page.depth()).append('\n');
        return yaml.append("---\n\n").toString();
    }

    private static void text(StringBuilder yaml, String key, String value) {
        if (value.isEmpty()) {
            return;
        }
        yaml.append(key).append(": \"");
        value.codePoints().forEach(point -> quoted(yaml, point));
        yaml.append("\"\n");
    }

    // YAML 1.2 double-quoted style (section 7.3.1): the one style in which every text can be
    // written.
    private static void quoted(StringBuilder yaml, int point) {
        switch (point) {
            case '"' -> yaml.append("\\\"");
            case '\\' -> yaml.append("\\\\");
            case '\n' -> yaml.append("\\n");
            case '\r' -> yaml.append("\\r");
            case '\t' -> yaml.append("\\t");
            default -> {
                if (printable(point)) {
                    yaml.appendCodePoint(point);
                } else {
                    yaml.append(
                            Character.isBmpCodePoint(point)
                                    ? "\\u%04X".formatted(point)
                                    : "\\U%08X".formatted(point));
                }
            }
        }
    }

    private static boolean printable(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            default -> true;
        };
    }
}
