package io.gleaner.perf.content;

import io.gleaner.content.Model;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Learns from a set of pages, and judges what was learned on pages that it was not learned from.
 */
public final class ContentBench {

    private final PageSet set;
    private final Trainer trainer;
    private final Consumer<String> progress;

    /**
     * @param folder with {@code html/} and {@code ground-truth/}
     */
    public ContentBench(Path folder, Consumer<String> progress) {
        this.set = new PageSet(folder);
        this.progress = progress;
        this.trainer = new Trainer(set, progress);
    }

    /**
     * Scores of folds.
     *
     * @param text tables for people
     * @param pages a line for each page
     */
    public record Folds(String text, String pages) {}

    /** What all pages teach. */
    public Model train() throws IOException {
        return trainer.fit(set.pages());
    }

    /**
     * Markdown tables of the pages that the shipped model chooses worst.
     *
     * @param count of each type
     */
    public String worst(int count) throws IOException {
        return WorstPages.tables(set, set.pages(), count);
    }

    /**
     * @param folds parts, by domain
     * @param only so many of them are judged
     */
    public Folds folds(int folds, int only) throws IOException {
        List<PageSet.Page> pages = set.pages();
        var text = new StringBuilder();
        var all = new ArrayList<ContentJudge.Score>();
        for (int fold = 0; fold < only; fold++) {
            int part = fold;
            progress.accept("fold %d of %d".formatted(fold + 1, folds));
            Model model =
                    trainer.fit(
                            pages.stream()
                                    .filter(page -> PageSet.fold(page.domain(), folds) != part)
                                    .toList());
            List<ContentJudge.Score> scores =
                    new ContentJudge(set)
                            .judge(
                                    pages.stream()
                                            .filter(
                                                    page ->
                                                            PageSet.fold(page.domain(), folds)
                                                                    == part)
                                            .toList(),
                                    model);
            text.append("fold ").append(fold).append('\n').append(ContentJudge.table(scores));
            all.addAll(scores);
        }
        text.append("all folds\n").append(ContentJudge.table(all));
        var lines = new StringBuilder();
        for (ContentJudge.Score score : all) {
            lines.append(
                    String.format(
                            Locale.ROOT,
                            "%s\t%s\t%s\t%.4f\t%.4f\t%.4f%n",
                            score.page().id(),
                            score.page().type(),
                            score.type(),
                            score.f1(),
                            score.precision(),
                            score.recall()));
        }
        return new Folds(text.toString(), lines.toString());
    }
}
