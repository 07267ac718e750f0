package io.gleaner.perf.shapes;

import io.gleaner.perf.bench.Api;
import io.gleaner.perf.bench.Lab;
import io.gleaner.perf.process.DatabaseAddress;
import io.gleaner.perf.process.Postgres;
import io.gleaner.perf.process.Redis;
import io.gleaner.perf.process.Service;
import io.gleaner.perf.process.Site;
import io.gleaner.perf.process.Usage;
import io.gleaner.perf.report.Figures;
import io.gleaner.perf.users.Requests;
import io.gleaner.perf.users.Step;
import io.gleaner.perf.users.UserPlan;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One run: warm-up, the shape, and until nothing is queued any more. */
final class LoadRun {

    private static final Duration REQUEST_LONGEST = Duration.ofSeconds(30);
    private static final int POPULAR = 20;
    private static final long TICK_MS = 200;
    private static final double SAY_EVERY = 5;
    private static final double NANOS = 1e9;
    private static final double LATEST_SECONDS = 5;

    /**
     * What is under load.
     *
     * @param service if it was started for this
     * @param database if it can be looked at
     */
    record Subject(
            URI url,
            Optional<Service> service,
            Optional<Database> database,
            Optional<Redis> redis,
            Site site) {}

    /** A database and the server that it is in. */
    record Database(DatabaseAddress address, Postgres server) {}

    private final Lab lab;
    private final LoadSettings settings;
    private final Subject subject;
    private final List<String> urls;
    private final Interruption interruption;
    private final Api api;
    private Optional<StressStep> broke = Optional.empty();
    private Optional<StressStep> bore = Optional.empty();
    private int judged;

    LoadRun(
            Lab lab,
            LoadSettings settings,
            Subject subject,
            List<String> urls,
            Interruption interruption) {
        this.lab = lab;
        this.settings = settings;
        this.subject = subject;
        this.urls = urls;
        this.interruption = interruption;
        this.api = LoadBench.api(subject.url(), settings.key());
    }

    Run run() throws IOException, InterruptedException {
        api.metrics();
        List<Step> steps = settings.shape().steps(settings.rate(), settings.time());
        var all = new ArrayList<Step>();
        all.add(Step.constant(settings.rate() / 2, settings.warmUp()));
        all.addAll(steps);
        lab.say("warm-up, " + settings.warmUp());
        var plan =
                new UserPlan(
                        subject.url().toString(),
                        settings.key(),
                        urls,
                        Math.min(POPULAR, urls.size()),
                        all,
                        REQUEST_LONGEST);
        Optional<DatabaseWatch> database =
                subject.database().map(d -> DatabaseWatch.over(d.address()));
        try (UserLoad users = UserLoad.start(plan, lab.folder("users"))) {
            return watched(users, database, steps);
        } finally {
            database.ifPresent(DatabaseWatch::close);
        }
    }

    private Run watched(UserLoad users, Optional<DatabaseWatch> database, List<Step> steps)
            throws IOException, InterruptedException {
        long began = users.beganNanos() + settings.warmUp().toNanos();
        try (Watch watch = Watch.over(api, processes(users), database, began)) {
            sleepUntil(began);
            double heapBefore = heapAfterCollection();
            Metrics before = watch.metrics();
            database.ifPresent(DatabaseWatch::reset);
            lab.say("%s, %s".formatted(settings, settings.time()));
            double seconds = load(users, watch, steps, began);
            Metrics after = watch.metrics();
            Map<DatabaseWatch.Waiting, Double> waiting =
                    database.map(DatabaseWatch::means).orElse(Map.of());
            double drain = drain(watch, began, seconds);
            users.awaitEnd(REQUEST_LONGEST);
            return new Run(
                    settings,
                    seconds,
                    answers(users, 0, seconds),
                    watch.samples(),
                    before,
                    after,
                    waiting,
                    drain,
                    heapBefore,
                    interruption.happened() ? Double.NaN : heapAfterCollection(),
                    broke,
                    bore,
                    interruption.happened());
        }
    }

    private Watch.Processes processes(UserLoad users) {
        return new Watch.Processes(
                () -> subject.service().map(Service::usage),
                () -> subject.database().flatMap(d -> d.server().usage()),
                () -> {
                    double cpu =
                            users.usage().cpuSeconds()
                                    + subject.site().usage().cpuSeconds()
                                    + subject.redis().map(r -> r.usage().cpuSeconds()).orElse(0.0)
                                    + Usage.own().cpuSeconds();
                    return new Usage(cpu, 0, 0);
                });
    }

    /** Until the time is over, or it was ended before; answers how long that was. */
    private double load(UserLoad users, Watch watch, List<Step> steps, long began)
            throws InterruptedException {
        Optional<Planting> planting = settings.fault().map(this::plant);
        try {
            double all = settings.time().toNanos() / NANOS;
            double said = 0;
            while (users.isRunning() && secondsSince(began) < all && goesOn()) {
                interruption.sleep(TICK_MS);
                double now = secondsSince(began);
                if (now - said >= SAY_EVERY) {
                    said = now;
                    say(users, watch, now);
                }
                if (settings.shape() == Shape.STRESS) {
                    judge(users, steps, now);
                }
            }
            if (!goesOn()) {
                users.stop();
            }
            return Math.min(all, secondsSince(began));
        } finally {
            if (planting.isPresent()) {
                planting.get().close();
            }
        }
    }

    private boolean goesOn() {
        return !interruption.happened() && broke.isEmpty();
    }

    private Planting plant(PlantedFault fault) {
        return Planting.begin(
                fault,
                new Planting.Parts(
                        subject.service().orElseThrow(),
                        subject.redis(),
                        subject.database().orElseThrow().address(),
                        lab.folder("planted")),
                settings.time());
    }

    /** What the service says of the last second, and what users say of five a little before. */
    private void say(UserLoad users, Watch watch, double now) {
        Sample last = watch.samples().getLast();
        double newest = Math.clamp(users.newestSeconds() - warmUpSeconds(), 0, now);
        Answers latest = answers(users, Math.max(0, newest - LATEST_SECONDS), newest);
        String met =
                latest.responses().isEmpty()
                        ? ""
                        : "; users: p99 %s ms, %d wrong"
                                .formatted(
                                        Figures.number(latest.latency(Requests.prompt()).p99Ms()),
                                        latest.errors());
        lab.say(
                last.reachable()
                        ? "  %3.0f s: %s requests/s, %s pages/s, %s URLs queued%s"
                                .formatted(
                                        now,
                                        Figures.number(last.requestsPerSecond()),
                                        Figures.number(last.pagesPerSecond()),
                                        Figures.number(last.backlog()),
                                        met)
                        : "  %3.0f s: the service does not answer%s".formatted(now, met));
    }

    /** Looks at each step that is over; one that does not hold ends the run. */
    private void judge(UserLoad users, List<Step> steps, double now) {
        double each = settings.time().toNanos() / NANOS / steps.size();
        double known = Math.min(now, users.newestSeconds() - warmUpSeconds());
        while (judged < steps.size() && known > (judged + 1) * each && broke.isEmpty()) {
            StressStep step =
                    StressStep.of(
                            steps.get(judged), answers(users, judged * each, (judged + 1) * each));
            lab.say(
                    "  %s users/s: p99 %s ms, %s wrong"
                            .formatted(
                                    Figures.number(step.usersPerSecond()),
                                    Figures.number(step.promptP99Ms()),
                                    Figures.percent(step.errorShare())));
            if (step.holds(Limits.of(settings.shape()))) {
                bore = Optional.of(step);
            } else {
                broke = Optional.of(step);
            }
            judged++;
        }
    }

    private double warmUpSeconds() {
        return settings.warmUp().toNanos() / NANOS;
    }

    /** Answers to what was sent in a part of the time. */
    private Answers answers(UserLoad users, double from, double to) {
        double warmUp = warmUpSeconds();
        int shift = Math.toIntExact(settings.warmUp().toMillis());
        return new Answers(
                users.responses().stream()
                        .filter(r -> r.startMs() >= (warmUp + from) * 1000)
                        .filter(r -> r.startMs() < (warmUp + to) * 1000)
                        .map(
                                r ->
                                        new Response(
                                                r.request(),
                                                r.startMs() - shift,
                                                r.endMs() - shift,
                                                r.ok(),
                                                r.message()))
                        .toList(),
                to - from);
    }

    /** From the last arrival until nothing is queued; NaN when nobody waited for that. */
    private double drain(Watch watch, long began, double seconds) throws InterruptedException {
        double longest = 2 * Limits.of(settings.shape()).drainSeconds();
        double now = seconds;
        boolean drained = false;
        while (!drained && now - seconds < longest && !interruption.happened()) {
            interruption.sleep(TICK_MS);
            now = secondsSince(began);
            Sample last = watch.samples().getLast();
            drained = last.at() > seconds && last.backlog() == 0;
        }
        return interruption.happened() ? Double.NaN : now - seconds;
    }

    /** Bytes in use after a collection that is asked for; NaN for a service of somebody else. */
    private double heapAfterCollection() throws InterruptedException, IOException {
        if (subject.service().isEmpty()) {
            return Double.NaN;
        }
        subject.service().get().collect();
        return new Metrics(api.metrics()).sum("jvm_memory_used_bytes", "area=\"heap\"");
    }

    private void sleepUntil(long nanos) throws InterruptedException {
        while (System.nanoTime() < nanos && !interruption.happened()) {
            interruption.sleep(Math.max(1, (nanos - System.nanoTime()) / 1_000_000));
        }
    }

    private static double secondsSince(long nanos) {
        return (System.nanoTime() - nanos) / NANOS;
    }
}
