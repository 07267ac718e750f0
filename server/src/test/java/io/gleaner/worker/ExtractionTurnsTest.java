package io.gleaner.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
final class ExtractionTurnsTest {

    private static final int PAGES_MAX = 8;

    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-11-30T12:00:00Z"));
    private final ExtractionTurns turns = new ExtractionTurns(1, PAGES_MAX, now::get);
    private final ExtractionUse hostile = new ExtractionUse();
    private final ExtractionUse neighbour = new ExtractionUse();

    @Test
    void aLongPageLetsANewcomerGoFirstOnceItsSliceIsOver() throws Exception {
        var said = new CopyOnWriteArrayList<String>();
        var longPage = turns.of(hostile);
        longPage.take();
        Thread other = extract(neighbour, () -> said.add("neighbour"));
        awaitWaiting(other);
        pass(ExtractionTurns.SLICE.dividedBy(2));
        longPage.pause();
        assertThat(said).as("within the slice").isEmpty();
        pass(ExtractionTurns.SLICE);
        longPage.pause();
        said.add("long page");
        longPage.close();
        other.join();
        assertThat(said).containsExactly("neighbour", "long page");
    }

    @Test
    void amongThoseWhoWaitTheJobWithTheLeastUseIsFirst() throws Exception {
        use(hostile, Duration.ofMillis(40));
        use(neighbour, Duration.ofMillis(10));
        var said = new CopyOnWriteArrayList<String>();
        var first = turns.of(new ExtractionUse());
        first.take();
        Thread heavy = extract(hostile, () -> said.add("hostile"));
        awaitWaiting(heavy);
        Thread light = extract(neighbour, () -> said.add("neighbour"));
        awaitWaiting(light);
        first.close();
        heavy.join();
        light.join();
        assertThat(said).containsExactly("neighbour", "hostile");
    }

    @Test
    void whatWasUsedLongAgoIsForgotten() throws Exception {
        use(hostile, Duration.ofSeconds(1));
        assertThat(hostile.seconds(now.get())).isGreaterThan(0.9);
        pass(Duration.ofMinutes(5));
        assertThat(hostile.seconds(now.get())).isLessThan(0.001);
    }

    @Test
    void pagesOfAHeavyJobBeginOnlyWhileFewAreBegun() throws Exception {
        use(hostile, Duration.ofSeconds(1));
        var first = turns.of(hostile);
        first.take();
        first.giveBack();
        var second = turns.of(hostile);
        second.take();
        second.giveBack();
        var third = extract(hostile, () -> {});
        awaitWaiting(third);
        extract(neighbour, () -> {}).join(); // A light one begins at once.
        assertThat(third.isAlive()).isTrue();
        first.close();
        third.join();
        second.close();
    }

    @Test
    void jobsThatHaveTurnedHeavyDoNotKeepANewcomerFromBeginning() throws Exception {
        List<ExtractionTurns.Turn> begun = new ArrayList<>();
        for (int job = 0; job < ExtractionTurns.BEGUN_LIGHT_MAX; job++) {
            var turn = turns.of(new ExtractionUse());
            begun.add(turn);
            turn.take();
            pass(Duration.ofSeconds(1));
            turn.giveBack();
        }
        var page = new Page();
        var newcomer = turns.of(neighbour);
        newcomer.whenGranted(page);
        assertThat(page.threads).isOne();
        newcomer.close();
        begun.forEach(ExtractionTurns.Turn::close);
    }

    @Test
    void aHeavyJobWaitsForRoomBeforeItFetchesMore() throws Exception {
        use(hostile, Duration.ofSeconds(1));
        var places = List.of(turns.enter(hostile), turns.enter(hostile));
        var pages = List.of(turns.of(hostile), turns.of(hostile));
        assertThat(turns.hasRoom(hostile)).isFalse();
        assertThat(turns.hasRoom(neighbour)).isTrue();
        turns.awaitRoom(hostile, Duration.ofMillis(1));
        assertThat(turns.hasRoom(hostile)).as("after a wait in vain").isFalse();
        Thread fetcher =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    try {
                                        turns.awaitRoom(hostile, Duration.ofDays(1));
                                    } catch (InterruptedException e) {
                                        Thread.currentThread().interrupt();
                                    }
                                });
        Awaitility.await().until(() -> fetcher.getState() == Thread.State.TIMED_WAITING);
        pages.getFirst().close();
        fetcher.join();
        assertThat(turns.hasRoom(hostile)).isTrue();
        pages.getLast().close();
        places.forEach(ExtractionTurns.Place::close);
    }

    @Test
    void theMorePagesWaitToBeReadTheFewerEachJobMayFetchButEveryJobMayFetchOne() {
        List<ExtractionTurns.Place> places = enter(hostile, PAGES_MAX - 1);
        assertThat(turns.hasRoom(hostile)).as("while none waits").isTrue();
        var waiting = turns.of(hostile);
        assertThat(turns.hasRoom(hostile)).as("while one waits").isFalse();
        places.addAll(enter(neighbour, PAGES_MAX - 2));
        assertThat(turns.hasRoom(neighbour)).as("another, while one waits").isTrue();
        places.addAll(enter(neighbour, 1));
        assertThat(turns.hasRoom(neighbour)).as("another that has as many").isFalse();
        places.forEach(ExtractionTurns.Place::close);
        waiting.close();

        List<ExtractionTurns.Turn> many = new ArrayList<>();
        for (int page = 0; page < 2 * PAGES_MAX; page++) {
            many.add(turns.of(hostile));
        }
        assertThat(turns.hasRoom(neighbour)).as("its first").isTrue();
        ExtractionTurns.Place first = turns.enter(neighbour);
        assertThat(turns.hasRoom(neighbour)).as("its second").isFalse();
        first.close();
        many.forEach(ExtractionTurns.Turn::close);
    }

    private List<ExtractionTurns.Place> enter(ExtractionUse use, int pages) {
        List<ExtractionTurns.Place> places = new ArrayList<>();
        for (int page = 0; page < pages; page++) {
            places.add(turns.enter(use));
        }
        return places;
    }

    @Test
    void aLargeCrawlOfOrdinaryPagesIsNotHeavy() throws Exception {
        for (int i = 0; i < 200; i++) {
            use(neighbour, Duration.ofMillis(10));
        }
        List<ExtractionTurns.Place> places = enter(neighbour, 3);
        var pages = List.of(turns.of(neighbour), turns.of(neighbour), turns.of(neighbour));
        assertThat(turns.hasRoom(neighbour)).isTrue();
        places.forEach(ExtractionTurns.Place::close);
        pages.forEach(ExtractionTurns.Turn::close);
    }

    @Test
    void aTurnIsHandedOnWithItsThreadToThePageThatIsNext() {
        var first = new Page();
        var second = new Page();
        var one = turns.of(hostile);
        var other = turns.of(neighbour);
        one.whenGranted(first);
        other.whenGranted(second);
        assertThat(one.handOn()).isSameAs(second);
        assertThat(other.handOn()).as("nobody waits").isNull();
        one.close();
        other.close();
        assertThat(first.threads).isOne();
        assertThat(second.threads).isZero();
    }

    private static final class Page implements ExtractionTurns.Work {
        private int threads;

        @Override
        public void begin() {
            threads++;
        }

        @Override
        public ExtractionTurns.@Nullable Work run() {
            return null;
        }
    }

    private void use(ExtractionUse use, Duration time) throws InterruptedException {
        try (var turn = turns.of(use)) {
            turn.take();
            pass(time);
        }
    }

    private Thread extract(ExtractionUse use, Runnable work) {
        return Thread.ofVirtual()
                .start(
                        () -> {
                            try (var turn = turns.of(use)) {
                                turn.take();
                                work.run();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        });
    }

    private static void awaitWaiting(Thread thread) {
        Awaitility.await().until(() -> thread.getState() == Thread.State.WAITING);
    }

    private void pass(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }
}
