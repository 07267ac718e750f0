package io.gleaner.pdf;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes what was gathered as HTML. Not thread-safe. */
final class HtmlOfPages {

    private final StringBuilder html = new StringBuilder();
    private final Meter meter;
    private final Headings headings;

    HtmlOfPages(Meter meter, List<Pages.Sheet> sheets) {
        this.meter = meter;
        this.headings = new Headings(sheets);
    }

    /** A meta element, unless there is nothing to say. */
    void meta(String name, @Nullable String content) {
        if (content != null && !content.isBlank()) {
            html.append("<meta name=\"").append(name).append("\" content=\"");
            escape(content);
            html.append("\">\n");
        }
    }

    void head(@Nullable String title, @Nullable String language) {
        html.append("<!doctype html>\n<html");
        if (language != null && !language.isBlank()) {
            html.append(" lang=\"");
            escape(language);
            html.append('"');
        }
        html.append("><head>");
        if (title != null && !title.isBlank()) {
            html.append("<title>");
            escape(title);
            html.append("</title>\n");
        }
    }

    String body(List<Pages.Sheet> sheets) {
        html.append("</head><body>\n");
        for (int i = 0; i < sheets.size(); i++) {
            if (i > 0) {
                html.append("<hr>\n");
            }
            html.append("<section id=\"page-").append(i + 1).append("\">\n");
            sheets.get(i).paragraphs().forEach(this::paragraph);
            for (String url : sheets.get(i).links()) {
                html.append("<p>");
                link(url, url);
                html.append("</p>\n");
            }
            html.append("</section>\n");
        }
        return html.append("</body></html>\n").toString();
    }

    private void paragraph(Paragraph paragraph) {
        int level = headings.level(paragraph);
        String element = level == 0 ? "p" : "h" + level;
        html.append('<').append(element).append('>');
        String link = null;
        boolean first = true;
        for (Line line : paragraph.lines()) {
            boolean joined = !first && dropHyphen(line);
            for (Line.Word word : line.words()) {
                boolean stays = Objects.equals(link, word.link());
                if (!stays && link != null) {
                    html.append("</a>");
                }
                if (!first && !joined) {
                    html.append(' ');
                }
                if (!stays && word.link() != null) {
                    html.append("<a href=\"");
                    escape(word.link());
                    html.append("\">");
                }
                link = word.link();
                escape(word.text());
                first = false;
                joined = false;
            }
        }
        html.append(link == null ? "" : "</a>").append("</").append(element).append(">\n");
        meter.html(html.length());
    }

    /** Whether the word before goes on in this line. */
    private boolean dropHyphen(Line next) {
        int end = html.length() - 1;
        char last = html.charAt(end);
        if (last == '\u00ad') {
            html.setLength(end);
            return true;
        }
        boolean divided =
                last == '-'
                        && end > 0
                        && Character.isLetter(html.charAt(end - 1))
                        && Character.isLowerCase(next.words().getFirst().text().codePointAt(0));
        if (divided) {
            html.setLength(end);
        }
        return divided;
    }

    private void link(String url, String text) {
        html.append("<a href=\"");
        escape(url);
        html.append("\">");
        escape(text);
        html.append("</a>");
    }

    private void escape(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> html.append("&amp;");
                case '<' -> html.append("&lt;");
                case '>' -> html.append("&gt;");
                case '"' -> html.append("&quot;");
                case '\0' -> html.append(' ');
                default -> html.append(c);
            }
        }
        meter.html(html.length());
    }
}
