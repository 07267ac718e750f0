package io.gleaner.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class BudgetTest {

    private static final int LARGEST = 40;
    private static final int LIMIT = 100;

    /** Each has a part before any gets more. */
    private static final int GROWERS = LIMIT - LARGEST;

    /** Each grows step by step while it has a part: without a reserve they would lock up. */
    @Test
    void manyThatGrowAllComeToTheirEndWithinTheLimit() throws Exception {
        var budget = new Budget("bodies", LIMIT, LARGEST);
        var most = new AtomicLong();
        List<Future<?>> all = new ArrayList<>();
        var begun = new CountDownLatch(GROWERS);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < GROWERS; i++) {
                long seed = i;
                all.add(threads.submit(() -> grow(budget, begun, new Random(seed), most)));
            }
        }
        for (Future<?> one : all) {
            one.get();
        }
        assertThat(most.get()).isBetween((long) LARGEST, (long) LIMIT);
        assertThat(budget.waits()).isPositive();
        assertThat(budget.usedBytes()).isZero();
    }

    private static boolean grow(Budget budget, CountDownLatch begun, Random random, AtomicLong most)
            throws InterruptedException {
        try (var hold = budget.hold()) {
            hold.awaitAtLeast(1);
            begun.countDown();
            begun.await();
            for (int bytes = 1; bytes <= LARGEST; bytes += 1 + random.nextInt(8)) {
                hold.awaitAtLeast(bytes);
                most.accumulateAndGet(budget.usedBytes(), Math::max);
            }
            return true;
        }
    }

    @Test
    void whatIsLargerThanTheBudgetIsLetThroughAlone() throws InterruptedException {
        var budget = new Budget("trees", LIMIT);
        try (var hold = budget.hold();
                var other = budget.hold()) {
            hold.awaitAtLeast(7L * LIMIT);
            assertThat(budget.usedBytes()).isEqualTo(LIMIT);
            assertThat(other.tryAtLeast(1)).isFalse();
            assertThat(budget.refusals()).isOne();
        }
        assertThat(budget.usedBytes()).isZero();
    }

    @Test
    void whoComesLaterDoesNotOvertakeALargeOneThatWaits() throws Exception {
        var budget = new Budget("trees", LIMIT);
        var large = new CountDownLatch(1);
        Hold first = budget.hold();
        try (var small = budget.hold()) {
            first.awaitAtLeast(60);
            Thread waiter =
                    Thread.startVirtualThread(
                            () -> {
                                try (var hold = budget.hold()) {
                                    hold.awaitAtLeast(90);
                                    large.countDown();
                                } catch (InterruptedException e) {
                                    Thread.currentThread().interrupt();
                                }
                            });
            await().until(() -> budget.waits() == 1);

            assertThat(small.tryAtLeast(1)).isFalse();

            first.close();
            large.await();
            waiter.join();
            assertThat(small.tryAtLeast(1)).isTrue();
        }
    }

    @Test
    void whoIsInterruptedOrOutOfPatienceLeavesTheQueue() throws Exception {
        var budget = new Budget("pages", LIMIT);
        Hold first = budget.hold();
        try (var impatient = budget.hold()) {
            first.awaitAtLeast(LIMIT);
            assertThat(impatient.awaitAtLeast(1, Duration.ofMillis(1))).isFalse();
            Thread waiter =
                    Thread.startVirtualThread(
                            () -> {
                                try (var hold = budget.hold()) {
                                    hold.awaitAtLeast(1);
                                } catch (InterruptedException e) {
                                    Thread.currentThread().interrupt();
                                }
                            });
            await().until(() -> budget.waits() == 2);
            waiter.interrupt();
            waiter.join();
            first.close();
            assertThat(impatient.tryAtLeast(LIMIT)).isTrue();
        }
    }

    @Test
    void useAndLimitAreSeenSideBySide() {
        var registry = new SimpleMeterRegistry();
        var budgets = Budgets.sharing(160 << 20, 1 << 20);
        budgets.bindTo(registry);
        BudgetMetrics.items("fetches", 256, () -> 3, registry);
        try (var hold = budgets.trees().hold()) {
            assertThat(hold.tryAtLeast(5)).isTrue();
            assertThat(gauge(registry, "gleaner.budget.bytes", "trees")).isEqualTo(5);
            assertThat(gauge(registry, "gleaner.budget.limit.bytes", "trees")).isEqualTo(40 << 20);
            assertThat(gauge(registry, "gleaner.budget.items", "fetches")).isEqualTo(3);
            assertThat(gauge(registry, "gleaner.budget.limit.items", "fetches")).isEqualTo(256);
        }
    }

    private static double gauge(SimpleMeterRegistry registry, String name, String budget) {
        return registry.get(name).tag("budget", budget).gauge().value();
    }
}
