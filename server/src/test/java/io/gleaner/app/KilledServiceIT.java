package io.gleaner.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What is left of the work when the real service is killed in the middle of it. */
final class KilledServiceIT extends RestartedService {

    private static final int PAGES = 2_000;
    private static final int KILLS = 10;
    private static final int PAGES_PER_LIFE = 180;

    @Test
    void tenKillsDuringAJobLoseNothingAndDoubleNothing() throws Exception {
        var killsLeft = new AtomicInteger(KILLS);
        var asked = new AtomicInteger();
        try (var site =
                new SpreadSite(
                        PAGES,
                        page -> {
                            // No life sees more pages than this, so the job outlives the last kill.
                            if (killsLeft.get() > 0 && asked.incrementAndGet() == PAGES_PER_LIFE) {
                                service().kill();
                            }
                        })) {
            String job = service().submit(site.crawl());
            long doneBefore = 0;
            for (int kill = 1; kill <= KILLS; kill++) {
                assertThat(service().awaitExit()).isEqualTo(KILLED);
                LeftDatabase orphan = database();
                assertThat(orphan.runs()).isTrue();
                Books books = orphan.books(job);
                assertThat(books).matches(Books::balance);
                assertThat(books.state()).isEqualTo("RUNNING");
                assertThat(books.done()).isBetween(doneBefore, (long) PAGES - 1);
                doneBefore = books.done();

                killsLeft.decrementAndGet();
                asked.set(0);
                launch(); // Not awaited: the work goes on, and may be killed, before the API opens.
                service().awaitOutput(" adopted in ");
                assertThat(database().pid()).isEqualTo(orphan.pid());
            }

            service().awaitReady();
            assertComplete(job, site.urls());
            assertThat(doneBefore).isPositive();
            assertStopsCleanly();
        }
    }

    @Test
    void aJobIsThereOnceItsSubmissionWasAnswered() throws Exception {
        try (var site = new SpreadSite(50, page -> {})) {
            String job = service().submit(site.crawl());
            kill();

            start();
            assertComplete(job, site.urls());
        }
    }

    @Test
    void aSettlementThatIsKilledBetweenItsInsertsAndItsCommitLeavesNothing() throws Exception {
        LeftDatabase database = database();
        try (var site = new SpreadSite(50, page -> {});
                var hold = HeldUp.at(database, "UPDATE ON job")) {
            String job = service().submit(site.crawl());
            hold.awaitSomebody();
            kill();
            hold.letGo();
            assertThat(database.books(job)).matches(Books::balance);
            assertThat(database.books(job).pages()).isZero();

            start();
            assertComplete(job, site.urls());
        }
    }

    private void assertStopsCleanly() throws Exception {
        LeftDatabase database = database();
        service().terminate();
        assertThat(service().awaitExit()).isZero();
        await().until(() -> !database.runs());
        assertNoDatabaseIsLeft();
    }
}
