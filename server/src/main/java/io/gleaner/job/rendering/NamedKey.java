package io.gleaner.job.rendering;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The keys of a keyboard that write no letter, as browsers name them. */
public enum NamedKey {
    ENTER("Enter", 13, "\r"),
    TAB("Tab", 9, ""),
    ESCAPE("Escape", 27, ""),
    SPACE("Space", 32, " "),
    BACKSPACE("Backspace", 8, ""),
    DELETE("Delete", 46, ""),
    HOME("Home", 36, ""),
    END("End", 35, ""),
    PAGE_UP("PageUp", 33, ""),
    PAGE_DOWN("PageDown", 34, ""),
    ARROW_LEFT("ArrowLeft", 37, ""),
    ARROW_UP("ArrowUp", 38, ""),
    ARROW_RIGHT("ArrowRight", 39, ""),
    ARROW_DOWN("ArrowDown", 40, "");

    private final String wireName;
    private final int code;
    private final String text;

    NamedKey(String wireName, int code, String text) {
        this.wireName = wireName;
        this.code = code;
        this.text = text;
    }

    /** The name used in requests, and by browsers for the place of the key. */
    public String wireName() {
        return wireName;
    }

    /** What scripts know as {@code keyCode}. */
    public int code() {
        return code;
    }

    /** What it writes, or "". */
    public String text() {
        return text;
    }

    /** The key of this name. */
    public static Optional<NamedKey> find(String name) {
        return Arrays.stream(values()).filter(key -> key.wireName.equals(name)).findFirst();
    }

    /** All names, for messages. */
    public static String names() {
        return Arrays.stream(values()).map(NamedKey::wireName).collect(Collectors.joining(", "));
    }
}
