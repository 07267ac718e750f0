package io.gleaner.render.tab;

import io.gleaner.browser.BrowserProcess;
import io.gleaner.browser.DevTools;
import io.gleaner.browser.DevToolsException;
import io.gleaner.fetch.GuardedConnector;
import io.gleaner.job.rendering.RenderSpec;
import io.gleaner.render.port.RenderConfig;
import io.gleaner.render.port.TabKey;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A browser with its tabs: those that have a page, and those that wait for the next one. */
public final class RunningBrowser {

    private static final Duration DISPOSE_MAX = Duration.ofSeconds(5);
    private static final Duration SIGN_OF_LIFE_MAX = Duration.ofSeconds(8);

    /** How long after a page was killed for its memory a crash is put down to that. */
    private static final Duration MEMORY_KILL_EXPLAINS = Duration.ofSeconds(3);

    private final BrowserProcess process;
    private final GuardedConnector connector;
    private final RenderConfig config;
    private final String userAgent;

    private final List<Tab> idle = new ArrayList<>();
    private final Set<Tab> busy = new HashSet<>();
    private int opening;
    private int pages;
    private boolean retired;
    private long usedAtNanos = System.nanoTime();
    private final AtomicInteger memoryKills = new AtomicInteger();
    private volatile long memoryKillNanos;

    RunningBrowser(
            BrowserProcess process,
            GuardedConnector connector,
            RenderConfig config,
            String userAgent) {
        this.process = process;
        this.connector = connector;
        this.config = config;
        this.userAgent = userAgent;
    }

    public BrowserProcess process() {
        return process;
    }

    /** Whether it may have another page. */
    synchronized boolean takesPages() {
        return !retired && process.isAlive();
    }

    /** Another page will be opened: from now on it counts. */
    synchronized void expect() {
        opening++;
        usedAtNanos = System.nanoTime();
        if (++pages >= config.pagesMax()) {
            retired = true;
        }
    }

    /** A tab for a page, to be given back by one of the two ways below. */
    public Tab take(TabKey key, RenderSpec spec)
            throws DevToolsException, InterruptedException, IOException {
        Tab kept;
        Tab old = null;
        synchronized (this) {
            kept = idle(key);
            if (kept == null && idle.size() + busy.size() + opening > config.tabsMax()) {
                old = oldest();
            }
        }
        try {
            if (old != null) {
                throwAway(old);
            }
            Tab tab =
                    kept != null
                            ? kept
                            : Tab.open(process.devTools(), key, connector, config, userAgent, spec);
            synchronized (this) {
                busy.add(tab);
            }
            return tab;
        } finally {
            synchronized (this) {
                opening--;
            }
        }
    }

    private @Nullable Tab idle(TabKey key) {
        for (Tab tab : idle) {
            if (tab.key().equals(key) && tab.isUsable()) {
                idle.remove(tab);
                return tab;
            }
        }
        return null;
    }

    private @Nullable Tab oldest() {
        Tab oldest = idle.stream().min(Comparator.comparingLong(Tab::usedAt)).orElse(null);
        idle.remove(oldest);
        return oldest;
    }

    /** Its page has been taken, the next one may come. */
    public void giveBack(Tab tab) {
        tab.rest();
        synchronized (this) {
            busy.remove(tab);
            idle.add(tab);
            usedAtNanos = System.nanoTime();
        }
    }

    /** Nobody can use it again. A browser that does not even do this is killed. */
    public void throwAway(Tab tab) throws InterruptedException {
        boolean done;
        try {
            done = tab.dispose(DISPOSE_MAX);
        } finally {
            synchronized (this) {
                busy.remove(tab);
                usedAtNanos = System.nanoTime();
            }
        }
        if (!done) {
            process.close();
        }
    }

    /** Whether nobody needs it any more: it is dead, or done, or has been idle for long. */
    synchronized boolean isOver() {
        boolean unused = busy.isEmpty() && opening == 0;
        boolean idleLong = System.nanoTime() - usedAtNanos > config.idleMax().toNanos();
        return !process.isAlive() || (unused && (retired || idleLong));
    }

    synchronized int pagesUnderWay() {
        return busy.size();
    }

    /** Whether a crash of just now was our doing; each kill explains one. */
    public boolean killedForMemory() {
        long since = System.nanoTime() - memoryKillNanos;
        if (since > MEMORY_KILL_EXPLAINS.toNanos()) {
            memoryKills.set(0);
        }
        return memoryKills.getAndUpdate(kills -> Math.max(0, kills - 1)) > 0;
    }

    /** Kills pages that take too much. What waits for its next page shows a blank one. */
    void watchMemory() {
        if (pagesUnderWay() == 0) {
            return;
        }
        int killed = process.killPagesOver(config.pageMemoryMaxBytes());
        if (killed > 0) {
            memoryKillNanos = System.nanoTime();
            memoryKills.addAndGet(killed);
        }
    }

    /** Kills the browser if it gives no sign of life. */
    void watchLife() throws InterruptedException {
        try {
            process.devTools().call("Browser.getVersion", DevTools.params(), SIGN_OF_LIFE_MAX);
        } catch (DevToolsException e) {
            process.close();
        }
    }

    void close() {
        List<Tab> all;
        synchronized (this) {
            retired = true;
            all = new ArrayList<>(idle);
            all.addAll(busy);
            idle.clear();
        }
        all.forEach(tab -> tab.entrance().close());
        process.close();
    }
}
