package io.gleaner.render.tab;

import io.gleaner.browser.BrowserConfig;
import io.gleaner.browser.BrowserProcess;
import io.gleaner.browser.InstalledBrowser;
import io.gleaner.fetch.GuardedConnector;
import io.gleaner.loop.Loop;
import io.gleaner.render.port.RenderConfig;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The browser of this process: started for the first page, watched, renewed, ended when idle. While
 * one that is renewed has pages to finish there are two.
 */
public final class Browsers implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Browsers.class);
    private static final Duration WATCH = Duration.ofMillis(200);
    private static final int LOOKS_PER_SIGN_OF_LIFE = 10;

    private final RenderConfig config;
    private final InstalledBrowser browser;
    private final GuardedConnector connector;
    private final String agentSuffix;
    private final int refusingPort;
    private final ReentrantLock starting = new ReentrantLock();
    private final List<RunningBrowser> running = new ArrayList<>();
    private final Loop watch;
    private final Runnable onStart;
    private int looks;
    private volatile boolean closed;

    /**
     * @param agentSuffix what our pages say in their User-Agent besides the browser's own
     * @param refusingPort see {@link BrowserConfig}
     * @param onStart told of each browser that has started
     */
    public Browsers(
            RenderConfig config,
            InstalledBrowser browser,
            GuardedConnector connector,
            String agentSuffix,
            int refusingPort,
            MeterRegistry registry,
            Runnable onStart) {
        this.config = config;
        this.browser = browser;
        this.connector = connector;
        this.agentSuffix = agentSuffix;
        this.refusingPort = refusingPort;
        this.onStart = onStart;
        this.watch = Loop.every(WATCH, "browser-watch", registry, this::look);
    }

    /**
     * One that takes another page, and expects it; null when none could be started in time.
     *
     * @throws IOException one sentence that says why there is none
     */
    public @Nullable RunningBrowser ready(Duration patience)
            throws IOException, InterruptedException {
        if (!starting.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
            return null;
        }
        try {
            RunningBrowser last = last();
            RunningBrowser ready = last != null && last.takesPages() ? last : start();
            ready.expect();
            return ready;
        } finally {
            starting.unlock();
        }
    }

    private RunningBrowser start() throws IOException, InterruptedException {
        if (closed) {
            throw new IOException("stopping");
        }
        BrowserProcess process =
                BrowserProcess.start(
                        new BrowserConfig(
                                browser,
                                config.sandbox(),
                                config.scriptHeapMib(),
                                refusingPort,
                                config.extraFlags()));
        var started = new RunningBrowser(process, connector, config, userAgent(process.version()));
        onStart.run();
        synchronized (running) {
            running.add(started);
        }
        if (closed) {
            started.close();
        }
        return started;
    }

    /** Sites know it as a Chrome, and by our own name. */
    private String userAgent(String version) {
        int slash = version.indexOf('/');
        int dot = version.indexOf('.', slash);
        String major = slash < 0 || dot < 0 ? "0" : version.substring(slash + 1, dot);
        return "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/%s.0.0.0 Safari/537.36 %s"
                .formatted(major, agentSuffix);
    }

    private @Nullable RunningBrowser last() {
        synchronized (running) {
            return running.isEmpty() ? null : running.getLast();
        }
    }

    public List<RunningBrowser> all() {
        synchronized (running) {
            return List.copyOf(running);
        }
    }

    private void look() throws InterruptedException {
        looks++;
        for (RunningBrowser one : all()) {
            if (endIfOver(one)) {
                continue;
            }
            one.watchMemory();
            if (looks % LOOKS_PER_SIGN_OF_LIFE == 0) {
                one.watchLife();
            }
        }
    }

    /** Nobody may be promised a page in one that is about to end. */
    private boolean endIfOver(RunningBrowser one) {
        if (!starting.tryLock()) {
            return false;
        }
        try {
            if (!one.isOver()) {
                return false;
            }
            synchronized (running) {
                running.remove(one);
            }
        } finally {
            starting.unlock();
        }
        one.close();
        LOG.info("the browser has ended");
        return true;
    }

    @Override
    public void close() {
        closed = true;
        watch.close();
        List<RunningBrowser> left;
        synchronized (running) {
            left = List.copyOf(running);
            running.clear();
        }
        left.forEach(RunningBrowser::close);
    }
}
