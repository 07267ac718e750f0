package io.gleaner.perf.content;

import io.gleaner.content.MainContent;
import io.gleaner.content.Model;
import io.gleaner.content.PageFacts;
import io.gleaner.content.PageType;
import io.gleaner.content.Sleeping;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jsoup.nodes.Document;

/**
 * Scores what a model takes for main content as the judge of the set does: words, without order.
 */
record ContentJudge(PageSet set) {

    /** Of one page. */
    record Score(PageSet.Page page, String type, double precision, double recall) {
        double f1() {
            return new WordScore(precision, recall).f1();
        }
    }

    List<Score> judge(List<PageSet.Page> pages, Model model) {
        Score[] scores = new Score[pages.size()];
        IntStream.range(0, scores.length)
                .parallel()
                .forEach(n -> scores[n] = judge(pages.get(n), model));
        return List.of(scores);
    }

    private Score judge(PageSet.Page page, Model model) {
        Document document = Trainer.parse(set.html(page));
        Sleeping.wake(document.body(), Trainer.effort());
        PageFacts facts = PageFacts.of(document);
        MainContent main = MainContent.of(document.body(), facts, model, Trainer.effort());
        var said = new ArrayList<String>();
        main.explain().stream()
                .filter(MainContent.Judged::taken)
                .forEach(block -> said.addAll(PageSet.words(block.text())));
        said.addAll(told(main, document));
        var score = WordScore.of(said, page.truth());
        return new Score(
                page,
                main.type().map(PageType::wireName).orElse(""),
                score.precision(),
                score.recall());
    }

    /** The words that only the page's structured data tells. */
    static List<String> told(MainContent main, Document document) {
        return main.told(document.select("script[type=" + PageFacts.STRUCTURED + "]"))
                .map(told -> PageSet.words(told.text()))
                .orElse(List.of());
    }

    /** A line for each type of page, and one for all. */
    static String table(List<Score> scores) {
        var text =
                new StringBuilder(
                        "%-14s %5s %6s %6s %6s %6s%n"
                                .formatted("type", "pages", "F1", "P", "R", "told"));
        for (PageType type : PageType.values()) {
            line(
                    type.wireName(),
                    scores.stream()
                            .filter(score -> score.page().type().equals(type.wireName()))
                            .toList(),
                    text);
        }
        line("all", scores, text);
        return text.toString();
    }

    private static void line(String name, List<Score> scores, StringBuilder text) {
        if (!scores.isEmpty()) {
            text.append(
                    "%-14s %5d %6.3f %6.3f %6.3f %6.3f%n"
                            .formatted(
                                    name,
                                    scores.size(),
                                    scores.stream().mapToDouble(Score::f1).average().orElse(0),
                                    scores.stream()
                                            .mapToDouble(Score::precision)
                                            .average()
                                            .orElse(0),
                                    scores.stream().mapToDouble(Score::recall).average().orElse(0),
                                    scores.stream()
                                            .mapToDouble(
                                                    score ->
                                                            score.type().equals(score.page().type())
                                                                    ? 1
                                                                    : 0)
                                            .average()
                                            .orElse(0)));
        }
    }
}
