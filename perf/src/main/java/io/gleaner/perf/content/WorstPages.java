package io.gleaner.perf.content;

import io.gleaner.content.MainContent;
import io.gleaner.content.PageFacts;
import io.gleaner.content.PageType;
import io.gleaner.content.Sleeping;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jsoup.nodes.Document;

/**
 * The pages of each type whose main content is chosen worst by the shipped model, each with what
 * goes wrong: whether the words are on the page at all, whether whole blocks could carry them, what
 * was missed and what was taken too much.
 */
record WorstPages(PageSet set) {

    private static final int QUOTE_CHARS_MAX = 50;

    /** Less of the meant words on the page, and no choice of blocks can be right. */
    private static final double THERE_MIN = 0.6;

    /** Less by the best choice of whole blocks, and blocks are too coarse. */
    private static final double BLOCKS_MIN = 0.6;

    private static final double MISSED_MIN = 0.75;

    /** Of one page; what the best choice of blocks would reach beside what was reached. */
    private record Case(
            PageSet.Page page,
            String told,
            WordScore reached,
            WordScore possible,
            double there,
            String missed,
            String extra) {

        String cause() {
            if (page.truth().isEmpty()) {
                return "the set says that nothing on it is content";
            }
            if (there < THERE_MIN) {
                return "%.0f %% of its words are not on the page as sent"
                        .formatted(100 * (1 - there));
            }
            if (possible.f1() < BLOCKS_MIN) {
                return "the set takes parts of blocks";
            }
            String wrong =
                    reached.recall() < MISSED_MIN
                            ? "missed: %s".formatted(missed)
                            : "too much: %s".formatted(extra);
            return told.equals(page.type()) ? wrong : "taken for %s; %s".formatted(told, wrong);
        }
    }

    /**
     * Markdown tables, one for each type.
     *
     * @param count pages of each
     */
    static String tables(PageSet set, List<PageSet.Page> pages, int count) {
        var worst = new WorstPages(set);
        List<Case> cases = pages.parallelStream().map(worst::of).toList();
        var text = new StringBuilder();
        for (PageType type : PageType.values()) {
            text.append("\n### %s\n\n".formatted(type.wireName()))
                    .append("| page | words | F1 | P | R | best of blocks | why |\n")
                    .append("|---|---|---|---|---|---|---|\n");
            cases.stream()
                    .filter(one -> one.page().type().equals(type.wireName()))
                    .sorted(Comparator.comparingDouble(one -> one.reached().f1()))
                    .limit(count)
                    .forEach(one -> text.append(line(one)));
        }
        return text.toString();
    }

    private static String line(Case one) {
        return String.format(
                Locale.ROOT,
                "| %s %s | %d | %.2f | %.2f | %.2f | %.2f | %s |%n",
                one.page().id(),
                one.page().domain(),
                one.page().truth().size(),
                one.reached().f1(),
                one.reached().precision(),
                one.reached().recall(),
                one.possible().f1(),
                one.cause());
    }

    private Case of(PageSet.Page page) {
        Document document = Trainer.parse(set.html(page));
        Sleeping.wake(document.body(), Trainer.effort());
        var main = MainContent.of(document.body(), PageFacts.of(document), Trainer.effort());
        List<MainContent.Judged> blocks = main.explain();
        List<List<String>> words =
                blocks.stream().map(block -> PageSet.words(block.text())).toList();
        float[] labels = Labels.of(words, page.truth());
        var all = new ArrayList<String>();
        var said = new ArrayList<String>(ContentJudge.told(main, document));
        var best = new ArrayList<String>();
        int missed = -1;
        int extra = -1;
        for (int i = 0; i < labels.length; i++) {
            boolean taken = blocks.get(i).taken();
            boolean meant = labels[i] >= 0.5;
            all.addAll(words.get(i));
            if (taken) {
                said.addAll(words.get(i));
            }
            if (meant) {
                best.addAll(words.get(i));
            }
            missed = meant && !taken ? longer(words, missed, i) : missed;
            extra = taken && !meant ? longer(words, extra, i) : extra;
        }
        return new Case(
                page,
                main.type().map(PageType::wireName).orElse("nothing"),
                WordScore.of(said, page.truth()),
                WordScore.of(best, page.truth()),
                WordScore.of(all, page.truth()).recall(),
                quote(blocks, missed),
                quote(blocks, extra));
    }

    private static int longer(List<List<String>> words, int one, int other) {
        return one < 0 || words.get(other).size() > words.get(one).size() ? other : one;
    }

    private static String quote(List<MainContent.Judged> blocks, int i) {
        if (i < 0) {
            return "little in each block";
        }
        String text = blocks.get(i).text().strip().replaceAll("[|<>`*_\\[\\]]", " ");
        return "“%s”"
                .formatted(
                        text.length() > QUOTE_CHARS_MAX
                                ? text.substring(0, QUOTE_CHARS_MAX) + "…"
                                : text);
    }
}
