package io.gleaner.api.schedules;

import static java.util.Objects.requireNonNull;

import io.gleaner.api.port.UrlRules;
import io.gleaner.api.submit.Submission;
import io.gleaner.api.submit.SubmitBody;
import io.gleaner.api.wire.BodyReader;
import io.gleaner.api.wire.Problem;
import io.gleaner.api.wire.ProblemCode;
import io.gleaner.api.wire.ProblemException;
import io.gleaner.budget.Budget;
import io.gleaner.job.Candidate;
import io.gleaner.job.JobSpec;
import io.gleaner.job.Tenant;
import io.gleaner.job.Timing;
import io.gleaner.schedule.Times;
import io.gleaner.store.Schedule;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The JSON body of a new schedule. */
public final class ScheduleBody {

    private static final Duration JITTER_MAX = Duration.ofHours(1);
    private static final Duration JITTER_DEFAULT = Duration.ofSeconds(30);
    private static final int JITTER_SHARE = 10;
    private static final int TEXT_MAX = 200;

    private final BodyReader body;
    private final UrlRules rules;
    private final Budget submissions;

    private @Nullable String name;
    private @Nullable Duration every;
    private @Nullable String cron;
    private @Nullable ZoneId zone;
    private @Nullable Duration jitter;
    private boolean recrawl = true;
    private @Nullable JobSpec spec;
    private final List<Candidate> seeds = new ArrayList<>();

    private ScheduleBody(BodyReader body, UrlRules rules, Budget submissions) {
        this.body = body;
        this.rules = rules;
        this.submissions = submissions;
    }

    public static Schedule read(
            InputStream in, UrlRules rules, Budget submissions, Tenant tenant, Instant now) {
        var read = new Schedule[1];
        BodyReader.read(
                in,
                body -> read[0] = new ScheduleBody(body, rules, submissions).schedule(tenant, now));
        return read[0];
    }

    private Schedule schedule(Tenant tenant, Instant now) {
        var keys = new LinkedHashMap<String, BodyReader.Value>();
        keys.put("name", path -> name = readName(path));
        keys.put("every", path -> every = body.duration(path, Timing.Every.MIN, Timing.Every.MAX));
        keys.put("cron", path -> cron = body.string(path, TEXT_MAX));
        keys.put("zone", path -> zone = readZone(path));
        keys.put("jitter", path -> jitter = body.duration(path, Duration.ZERO, JITTER_MAX));
        keys.put("recrawl", path -> recrawl = body.bool(path));
        keys.put("job", this::readJob);
        body.object("", keys);
        if (name == null) {
            throw missing(
                    "name", "a name of 1 to %d characters".formatted(Schedule.NAME_CHARS_MAX));
        }
        if (spec == null) {
            throw missing("job", "what POST /api/jobs takes");
        }
        Timing timing = timing();
        Instant due = Times.after(timing, now, now);
        Duration late = jitter == null ? jitterOf(timing) : jitter;
        return new Schedule(
                UUID.randomUUID(),
                tenant,
                requireNonNull(name),
                timing,
                late,
                recrawl,
                requireNonNull(spec),
                seeds,
                due,
                Times.later(due, late),
                null,
                null,
                now);
    }

    private String readName(String path) {
        String text = body.string(path, Schedule.NAME_CHARS_MAX).strip();
        if (text.isEmpty()) {
            throw BodyReader.refuse(
                    path, "empty", "1 to " + Schedule.NAME_CHARS_MAX + " characters");
        }
        return text;
    }

    private ZoneId readZone(String path) {
        String text = body.string(path, TEXT_MAX);
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw BodyReader.refuse(path, text, "a time zone, like Europe/Zurich or UTC");
        }
    }

    private void readJob(String path) {
        try (Submission job =
                SubmitBody.readPart(body, path, rules, Schedule.SEEDS_MAX, submissions)) {
            job.seeds().forEach(seeds::add);
            spec = job.spec();
        }
    }

    private Timing timing() {
        if ((every == null) == (cron == null)) {
            throw missing("every", "exactly one of every, like 6h, and cron, like 0 3 * * *");
        }
        if (every != null) {
            if (zone != null) {
                throw BodyReader.refuse("zone", zone.getId(), "nothing, unless cron is given");
            }
            return new Timing.Every(Duration.ofSeconds(every.toSeconds()));
        }
        try {
            return Times.cron(requireNonNull(cron), zone == null ? ZoneOffset.UTC : zone);
        } catch (IllegalArgumentException e) {
            throw Problem.of(
                            ProblemCode.INVALID_VALUE,
                            "cron: " + Problem.shorten(String.valueOf(e.getMessage())))
                    .with("field", "cron")
                    .with("accepted", "five fields, like 0 3 * * 1-5")
                    .raise();
        }
    }

    private static Duration jitterOf(Timing timing) {
        return switch (timing) {
            case Timing.Cron _ -> JITTER_DEFAULT;
            case Timing.Every(var period) -> {
                Duration share = period.dividedBy(JITTER_SHARE);
                yield share.compareTo(JITTER_DEFAULT) < 0 ? share : JITTER_DEFAULT;
            }
        };
    }

    private static ProblemException missing(String field, String accepted) {
        return Problem.of(ProblemCode.MISSING_VALUE, "%s: %s".formatted(field, accepted))
                .with("field", field)
                .with("accepted", accepted)
                .raise();
    }
}
