package io.gleaner.api.firecrawl;

import io.gleaner.api.port.UrlRules;
import io.gleaner.api.submit.Seeds;
import io.gleaner.api.submit.Submission;
import io.gleaner.api.submit.UrlCheck;
import io.gleaner.api.submit.WebhookKeys;
import io.gleaner.api.wire.BodyReader;
import io.gleaner.api.wire.ProblemException;
import io.gleaner.budget.Budget;
import io.gleaner.job.Candidate;
import io.gleaner.job.JobKind;
import io.gleaner.job.JobSpec;
import io.gleaner.job.WebhookSpec;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The body of a scrape of one URL, or of a batch of them. */
final class ScrapeRequest {

    private static final int PRIORITY_SCRAPE = 1;
    private static final int INVALID_TOLD_MAX = 1_000;

    private final BodyReader body;
    private final Dropped dropped;
    private final ScrapeKeys options;
    private final UrlCheck urlCheck;
    private final UrlRules rules;
    private @Nullable WebhookSpec webhook;

    private ScrapeRequest(BodyReader body, UrlRules rules) {
        this.body = body;
        this.rules = rules;
        this.dropped = new Dropped(body);
        this.options = new ScrapeKeys(body, rules, dropped);
        this.urlCheck = new UrlCheck(rules);
    }

    static Asked scrape(InputStream in, UrlRules rules, Budget submissions, Version version) {
        var read = new AtomicReference<Asked>();
        BodyReader.read(
                in,
                body -> read.set(new ScrapeRequest(body, rules).readScrape(submissions, version)));
        return read.get();
    }

    private Asked readScrape(Budget submissions, Version version) {
        var candidate = new AtomicReference<@Nullable Candidate>();
        var keys = new LinkedHashMap<String, BodyReader.Value>();
        keys.put("url", path -> candidate.set(AskedUrl.candidate(body, urlCheck, path)));
        options.addTo(keys, version);
        body.object("", keys);
        Candidate url = candidate.get();
        if (url == null) {
            throw UrlCheck.missing("url");
        }
        JobSpec spec = spec(JobKind.SCRAPE, PRIORITY_SCRAPE);
        var seeds = new Seeds(submissions);
        seeds.add(url);
        return new Asked(new Submission(spec, seeds), dropped.warning().orElse(null), List.of());
    }

    static Asked batch(
            InputStream in, UrlRules rules, Budget submissions, int urlsMax, Version version) {
        var seeds = new Seeds(submissions);
        var read = new AtomicReference<@Nullable Asked>();
        try {
            BodyReader.read(
                    in,
                    body ->
                            read.set(
                                    new ScrapeRequest(body, rules)
                                            .readBatch(seeds, urlsMax, version)));
            return java.util.Objects.requireNonNull(read.get());
        } finally {
            if (read.get() == null) {
                seeds.close();
            }
        }
    }

    /**
     * A URL that is refused, and why: whether that matters is said by a key that may come later.
     */
    private record Refused(String url, ProblemException why) {}

    private Asked readBatch(Seeds seeds, int urlsMax, Version version) {
        var refused = new ArrayList<Refused>();
        // As their API has it: left out since v2, a refusal before.
        var leaveOut = new boolean[] {version == Version.V2};
        var given = new boolean[1];
        var keys = new LinkedHashMap<String, BodyReader.Value>();
        keys.put(
                "urls",
                path -> {
                    given[0] = true;
                    body.array(path, urlsMax, at -> readUrl(at, seeds, refused));
                });
        options.addTo(keys, version);
        keys.put("ignoreInvalidURLs", at -> leaveOut[0] = body.bool(at));
        keys.put("appendToId", this::refuseAppending);
        dropped.addTo(keys, "maxConcurrency");
        keys.put(
                "webhook",
                path -> webhook = new WebhookKeys(body, rules).readFirecrawl(path, dropped::drop));
        body.object("", keys);
        if (!given[0]) {
            throw BodyReader.refuse("urls", "missing", "1 to " + urlsMax + " URLs");
        }
        if (!refused.isEmpty() && (!leaveOut[0] || seeds.count() == 0)) {
            throw refused.getFirst().why();
        }
        if (seeds.count() == 0) {
            throw BodyReader.refuse("urls", "empty", "1 to " + urlsMax + " URLs");
        }
        return new Asked(
                new Submission(spec(JobKind.URLS, JobSpec.PRIORITY_DEFAULT), seeds),
                dropped.warning().orElse(null),
                refused.stream().map(Refused::url).toList());
    }

    private void readUrl(String path, Seeds seeds, List<Refused> refused) {
        String url = AskedUrl.read(body, path);
        try {
            seeds.add(urlCheck.candidate(path, url, false));
        } catch (ProblemException e) {
            if (e.problem().status() >= 500 || refused.size() == INVALID_TOLD_MAX) {
                throw e;
            }
            refused.add(new Refused(url, e));
        }
    }

    private void refuseAppending(String path) {
        throw BodyReader.refuse(path, "given", "nothing: a job's list of URLs does not grow here");
    }

    private JobSpec spec(JobKind kind, int priority) {
        return new JobSpec(kind, null, options.content(), options.fetch(true), priority)
                .withWebhook(webhook);
    }
}
