package io.gleaner.pdf;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;
import org.jspecify.annotations.Nullable;

/** Gathers the lines and paragraphs of each page as PDFBox comes upon them. */
final class Pages extends PDFTextStripper {

    /**
     * @param links that no text stands for
     */
    record Sheet(List<Paragraph> paragraphs, Set<String> links) {}

    private final Meter meter;
    private final List<Sheet> sheets = new ArrayList<>();
    private List<Paragraph> paragraphs = new ArrayList<>();
    private List<Line> lines = new ArrayList<>();
    private Line line = new Line();
    private @Nullable PageLinks links;
    private int glyphs;
    private int chars;

    Pages(Meter meter) throws IOException {
        this.meter = meter;
    }

    List<Sheet> sheets() {
        return sheets;
    }

    @Override
    protected void startPage(PDPage page) throws IOException {
        links = new PageLinks(page);
        paragraphs = new ArrayList<>();
        glyphs = 0;
    }

    @Override
    protected void endPage(PDPage page) {
        endParagraph();
        sheets.add(new Sheet(paragraphs, links == null ? Set.of() : links.unused()));
    }

    @Override
    protected void processOperator(Operator operator, List<COSBase> operands) throws IOException {
        meter.effort().step();
        super.processOperator(operator, operands);
    }

    @Override
    protected void processTextPosition(TextPosition text) {
        meter.glyphs(++glyphs);
        super.processTextPosition(text);
    }

    @Override
    protected void writeString(String text, List<TextPosition> positions) {
        if (positions.isEmpty()) {
            return;
        }
        chars += text.length();
        meter.html(chars);
        TextPosition first = positions.getFirst();
        line.add(text, first.getFontSizeInPt(), links == null ? null : links.at(first));
    }

    @Override
    protected void writeLineSeparator() {
        endLine();
    }

    @Override
    protected void writeWordSeparator() {}

    @Override
    protected void writeParagraphStart() {
        endParagraph();
    }

    @Override
    protected void writeParagraphEnd() {
        endParagraph();
    }

    private void endLine() {
        if (!line.isEmpty()) {
            // What is set in another size is another paragraph: a heading above its text.
            if (!lines.isEmpty() && lines.getLast().size() != line.size()) {
                var next = line;
                line = new Line();
                endParagraph();
                line = next;
            }
            lines.add(line);
            line = new Line();
        }
    }

    private void endParagraph() {
        endLine();
        if (!lines.isEmpty()) {
            paragraphs.add(new Paragraph(lines));
            lines = new ArrayList<>();
        }
    }
}
