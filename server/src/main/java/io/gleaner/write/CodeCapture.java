package io.gleaner.write;

import java.util.ArrayList;
import java.util.List;
import org.jsoup.nodes.Element;

/** The text of a code element, gathered until its end: its fence depends on what is inside. */
final class CodeCapture {

    final Element owner;
    final boolean block;
    private final StringBuilder text = new StringBuilder();

    CodeCapture(Element owner, boolean block) {
        this.owner = owner;
        this.block = block;
    }

    void append(String s) {
        text.append(s);
    }

    /** Lines of code that are elements of their own. */
    void newLine() {
        if (!text.isEmpty() && text.charAt(text.length() - 1) != '\n') {
            text.append('\n');
        }
    }

    void lineBreak() {
        text.append('\n');
    }

    String line() {
        return Escape.oneLine(text.toString());
    }

    /** The fenced block, without blank lines around the code; empty if there is no code. */
    List<String> fenced() {
        var lines = new ArrayList<String>();
        text.toString().lines().forEach(line -> lines.add(line.isBlank() ? "" : line));
        while (!lines.isEmpty() && lines.getLast().isEmpty()) {
            lines.removeLast();
        }
        int blank = 0;
        while (blank < lines.size() && lines.get(blank).isEmpty()) {
            blank++;
        }
        lines.subList(0, blank).clear();
        if (lines.isEmpty()) {
            return List.of();
        }
        String fence = "`".repeat(Math.max(3, Escape.backticks(text) + 1));
        lines.addFirst(fence + CodeLanguage.of(owner));
        lines.add(fence);
        return lines;
    }
}
