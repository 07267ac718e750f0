package io.gleaner.again;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.algorithm.myers.MyersDiffWithLinearSpace;
import com.github.difflib.patch.Patch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is other in a text, as a unified diff with three lines around each change. */
public final class MarkdownDiff {

    /** Lines of both texts that are compared; the effort grows with their product at worst. */
    static final int LINES_MAX = 4_000;

    /** Longer ones nobody reads. */
    static final int CHARS_MAX = 200_000;

    private static final int CONTEXT = 3;

    /** The lines that name the two texts. */
    private static final int HEAD = 2;

    private MarkdownDiff() {}

    /** Null when there is none, or when it would be too long. */
    public static @Nullable String of(@Nullable String before, @Nullable String now) {
        if (before == null || now == null || before.equals(now)) {
            return null;
        }
        List<String> old = lines(before);
        List<String> fresh = lines(now);
        if (old.size() + fresh.size() > LINES_MAX) {
            return null;
        }
        Patch<String> patch = DiffUtils.diff(old, fresh, new MyersDiffWithLinearSpace<>());
        List<String> diff =
                UnifiedDiffUtils.generateUnifiedDiff("before", "now", old, patch, CONTEXT);
        String text = String.join("\n", takenAwayFirst(diff));
        return diff.isEmpty() || text.length() > CHARS_MAX ? null : text + "\n";
    }

    /** In each change what was taken away stands before what came, as readers expect it. */
    private static List<String> takenAwayFirst(List<String> diff) {
        var sorted = new ArrayList<String>(diff.subList(0, Math.min(HEAD, diff.size())));
        var added = new ArrayList<String>();
        for (String line : diff.subList(sorted.size(), diff.size())) {
            if (line.startsWith("+")) {
                added.add(line);
                continue;
            }
            if (!line.startsWith("-")) {
                sorted.addAll(added);
                added.clear();
            }
            sorted.add(line);
        }
        sorted.addAll(added);
        return sorted;
    }

    private static List<String> lines(String text) {
        return text.lines().toList();
    }
}
