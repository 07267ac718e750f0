package io.gleaner.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;

/** What is remembered of pages that needed a browser. */
class RenderHabitsTest {

    private final RenderHabits habits = new RenderHabits();

    private static URI page(int number) {
        return URI.create("https://a.example/item/" + number);
    }

    private void need(int times) {
        for (int i = 0; i < times; i++) {
            habits.saw(page(i), true);
        }
    }

    @Test
    void whatDiffersFromPageToPageIsNoPartOfThePattern() {
        assertThat(
                        RenderHabits.pattern(
                                URI.create("https://A.example/x/12/a-very-long-title-of-it")))
                .isEqualTo("a.example/x/*/*");
        assertThat(RenderHabits.pattern(URI.create("https://a.example"))).isEqualTo("a.example");
    }

    @Test
    void threeInARowAreAHabitOfTheirPattern() {
        need(2);
        assertThat(habits.rendersAtOnce(page(9))).isFalse();
        need(1);
        assertThat(habits.rendersAtOnce(page(9))).isTrue();
        assertThat(habits.rendersAtOnce(URI.create("https://a.example/about"))).isFalse();
    }

    @Test
    void oneThatDidNotNeedItEndsTheHabit() {
        need(3);
        habits.saw(page(4), false);
        assertThat(habits.rendersAtOnce(page(9))).isFalse();
    }

    @Test
    void nowAndThenAHabitIsLookedAtAgain() {
        need(3);
        int looks = 0;
        for (int i = 0; i < 100; i++) {
            looks += habits.rendersAtOnce(page(i)) ? 0 : 1;
        }
        assertThat(looks).isEqualTo(2);
    }

    @Test
    void oneOfFiftyPlainPagesIsRenderedToSee() {
        int checks = 0;
        for (int i = 0; i < 100; i++) {
            checks += habits.saw(page(i), false) ? 1 : 0;
        }
        assertThat(checks).isEqualTo(2);
    }

    @Test
    void whatACheckHasFoundHoldsUntilACheckFindsItGone() {
        habits.checked(page(1), true);
        assertThat(habits.rendersAtOnce(page(2))).isTrue();
        // The look at what the host sends does not see it: the page is checked again.
        assertThat(habits.saw(page(3), false)).isTrue();
        assertThat(habits.rendersAtOnce(page(4))).isTrue();
        habits.checked(page(5), false);
        assertThat(habits.rendersAtOnce(page(6))).isFalse();
        assertThat(habits.saw(page(7), false)).isFalse();
    }

    @Test
    void aRefusalThatABrowserMeetsTooIsNotTriedAgain() {
        assertThat(habits.triesChallenge(page(1))).isTrue();
        habits.triedChallenge(page(1), true);
        assertThat(habits.triesChallenge(page(2))).isTrue();
        habits.triedChallenge(page(2), false);
        assertThat(habits.triesChallenge(page(3))).isFalse();
        assertThat(habits.triesChallenge(URI.create("https://a.example/about"))).isTrue();
    }
}
