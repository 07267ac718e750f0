package io.gleaner.extract;

import io.gleaner.job.Chunk;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Parts Markdown into chunks: at each heading, and within a section where it is longer than {@link
 * #CHARS_MAX}, between blocks, then between lines, then between words. A table that is parted has
 * its head again in each part, and code its fence.
 */
final class Chunks {

    /** A chunk has at most so many characters. */
    static final int CHARS_MAX = 2_000;

    private static final int LEVELS = 6;

    /** A longer line is none. */
    private static final int HEADING_CHARS_MAX = 300;

    /** With less room than that left behind its headings a long block begins a new chunk. */
    private static final int ROOM_MIN = CHARS_MAX / 4;

    private final List<Chunk> chunks = new ArrayList<>();
    private final @Nullable String[] path = new String[LEVELS];
    private final StringBuilder chunk = new StringBuilder();
    private boolean onlyHeadings = true;

    private Chunks() {}

    /**
     * @param markdown as we write it: headings with signs, code in fences
     */
    static List<Chunk> of(String markdown) {
        var chunks = new Chunks();
        var block = new ArrayList<String>();
        @Nullable String fence = null;
        for (String line : markdown.split("\n", -1)) {
            if (fence != null) {
                block.add(line);
                if (line.strip().equals(fence)) {
                    fence = null;
                }
            } else if (line.isBlank()) {
                chunks.block(block);
            } else if (level(line) > 0) {
                chunks.block(block);
                chunks.heading(line);
            } else {
                fence = fence(line);
                block.add(line);
            }
        }
        chunks.block(block);
        chunks.end();
        return List.copyOf(chunks.chunks);
    }

    /** 1 to 6 for a heading, otherwise 0. */
    private static int level(String line) {
        int level = 0;
        while (level < line.length() && line.charAt(level) == '#') {
            level++;
        }
        boolean heading =
                level > 0
                        && level <= LEVELS
                        && line.startsWith(" ", level)
                        && line.length() <= HEADING_CHARS_MAX;
        return heading ? level : 0;
    }

    /** What ends the code that a line begins. */
    private static @Nullable String fence(String line) {
        String text = line.strip().replaceFirst("^(?:[-*+>]|\\d+[.)])\\s+", "");
        int marks = 0;
        while (marks < text.length() && text.charAt(marks) == '`') {
            marks++;
        }
        return marks >= 3 && text.indexOf('`', marks) < 0 ? "`".repeat(marks) : null;
    }

    private void heading(String line) {
        int level = level(line);
        boolean deeper = true;
        for (int i = level - 1; i < LEVELS; i++) {
            deeper &= path[i] == null;
        }
        if (!(onlyHeadings && deeper)) {
            end();
        }
        for (int i = level - 1; i < LEVELS; i++) {
            path[i] = null;
        }
        path[level - 1] = line.substring(level).strip();
        append(line);
        onlyHeadings = true;
    }

    private void block(List<String> lines) {
        if (lines.isEmpty()) {
            return;
        }
        String text = String.join("\n", lines);
        int room = CHARS_MAX - chunk.length() - 2;
        if (text.length() > room && !(onlyHeadings && room >= ROOM_MIN)) {
            end();
            room = CHARS_MAX;
        }
        if (text.length() <= room) {
            append(text);
        } else {
            for (String part : Parts.of(lines, room)) {
                if (!onlyHeadings) {
                    end();
                }
                append(part);
                onlyHeadings = false;
            }
        }
        onlyHeadings = false;
        lines.clear();
    }

    private void append(String text) {
        if (!chunk.isEmpty()) {
            chunk.append("\n\n");
        }
        chunk.append(text);
    }

    private void end() {
        if (!chunk.isEmpty()) {
            var headings = new ArrayList<String>();
            for (String heading : path) {
                if (heading != null) {
                    headings.add(heading);
                }
            }
            chunks.add(new Chunk(headings, chunk.toString()));
            chunk.setLength(0);
        }
        onlyHeadings = true;
    }
}
