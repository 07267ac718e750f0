package io.gleaner.extract;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** One long block of Markdown in parts. */
final class Parts {

    private static final Pattern DELIMITERS = Pattern.compile("\\s*\\|?\\s*:?-+:?\\s*(\\|.*)?");

    private final int room;
    private final String head;
    private final String foot;
    private final List<String> parts = new ArrayList<>();
    private final StringBuilder part = new StringBuilder();

    private Parts(int room, String head, String foot) {
        this.room = room - head.length() - foot.length();
        this.head = head;
        this.foot = foot;
    }

    /**
     * @param lines of the block
     * @param charsMax of each part
     */
    static List<String> of(List<String> lines, int charsMax) {
        int first = 0;
        int end = lines.size();
        String head = "";
        String foot = "";
        if (isTable(lines)) {
            first = 2;
            head = lines.get(0) + "\n" + lines.get(1) + "\n";
        } else if (isCode(lines)) {
            first = 1;
            end--;
            head = lines.getFirst() + "\n";
            foot = "\n" + lines.getLast();
        }
        if (head.length() + foot.length() > charsMax / 2) {
            return new Parts(charsMax, "", "").over(lines);
        }
        return new Parts(charsMax, head, foot).over(lines.subList(first, end));
    }

    private static boolean isTable(List<String> lines) {
        return lines.size() > 2
                && lines.get(0).startsWith("|")
                && DELIMITERS.matcher(lines.get(1)).matches();
    }

    private static boolean isCode(List<String> lines) {
        return lines.size() > 2
                && lines.getFirst().startsWith("```")
                && lines.getLast().startsWith("```");
    }

    private List<String> over(List<String> lines) {
        for (String line : lines) {
            String rest = line;
            while (rest.length() > room) {
                int cut = cut(rest);
                add(rest.substring(0, cut));
                rest = rest.substring(cut).stripLeading();
            }
            add(rest);
        }
        end();
        return parts;
    }

    /** Between words where there are any; never within a character. */
    private int cut(String line) {
        int blank = line.lastIndexOf(' ', room);
        if (blank > room / 2) {
            return blank;
        }
        return Character.isHighSurrogate(line.charAt(room - 1)) ? room - 1 : room;
    }

    private void add(String line) {
        if (!part.isEmpty() && part.length() + 1 + line.length() > room) {
            end();
        }
        if (!part.isEmpty()) {
            part.append('\n');
        }
        part.append(line);
    }

    private void end() {
        if (!part.isEmpty()) {
            parts.add(head + part + foot);
            part.setLength(0);
        }
    }
}
