package io.gleaner.job;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * By what people find a job again. They change nothing of what it does.
 *
 * @param name one line of text, or null
 * @param tags each once, in their order
 */
public record Labels(@Nullable String name, List<String> tags) {

    public static final Labels NONE = new Labels(null, List.of());
    public static final int NAME_LENGTH_MAX = 200;
    public static final int TAGS_MAX = 10;
    public static final int TAG_LENGTH_MAX = 50;
    public static final String NAME_ACCEPTED =
            "one line of 1 to " + NAME_LENGTH_MAX + " characters, not blank";
    public static final String TAG_ACCEPTED =
            "1 to " + TAG_LENGTH_MAX + " letters a to z, digits and . _ : / = -";

    private static final Pattern TAG =
            Pattern.compile("[A-Za-z0-9._:/=-]{1," + TAG_LENGTH_MAX + "}");

    public Labels {
        if (name != null && !isName(name)) {
            throw new IllegalArgumentException("name must be " + NAME_ACCEPTED);
        }
        tags = tags.stream().distinct().toList();
        if (tags.size() > TAGS_MAX) {
            throw new IllegalArgumentException("there are at most " + TAGS_MAX + " tags");
        }
        if (!tags.stream().allMatch(Labels::isTag)) {
            throw new IllegalArgumentException("a tag must be " + TAG_ACCEPTED);
        }
    }

    public static boolean isName(String text) {
        return !text.isBlank()
                && text.length() <= NAME_LENGTH_MAX
                && text.chars().noneMatch(Character::isISOControl);
    }

    public static boolean isTag(String text) {
        return TAG.matcher(text).matches();
    }
}
