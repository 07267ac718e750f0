package io.gleaner.api.submit;

import static java.util.Objects.requireNonNull;

import io.gleaner.api.port.UrlRules;
import io.gleaner.api.wire.BodyReader;
import io.gleaner.api.wire.Problem;
import io.gleaner.api.wire.ProblemCode;
import io.gleaner.api.wire.ProblemException;
import io.gleaner.api.wire.QueryParams;
import io.gleaner.budget.Budget;
import io.gleaner.job.CrawlSpec;
import io.gleaner.job.Job;
import io.gleaner.job.JobKind;
import io.gleaner.job.JobSpec;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The JSON body of a submission. URLs are checked one by one as they arrive. */
public final class SubmitBody {

    private static final Set<String> BESIDE_RECRAWL =
            Set.of("recrawl", "headers", "priority", "webhook");
    private static final String BESIDE = "headers, priority and webhook";
    private static final int UUID_CHARS = 36;

    private final int urlsMax;
    private final UrlRules rules;
    private final UrlCheck urlCheck;
    private final BodyReader body;
    private final Seeds seeds;
    private boolean urlsGiven;
    private CrawlKeys.@Nullable Crawl crawl;
    private @Nullable UUID recrawlOf;
    private final EarlierCrawls earlier;

    private SubmitBody(
            BodyReader body, UrlRules rules, int urlsMax, Seeds seeds, EarlierCrawls earlier) {
        this.earlier = earlier;
        this.body = body;
        this.rules = rules;
        this.urlCheck = new UrlCheck(rules);
        this.urlsMax = urlsMax;
        this.seeds = seeds;
    }

    public static Submission read(
            InputStream in,
            UrlRules rules,
            int urlsMax,
            Budget submissions,
            EarlierCrawls earlier) {
        var seeds = new Seeds(submissions);
        var spec = new JobSpec[1];
        boolean complete = false;
        try {
            BodyReader.read(
                    in,
                    body ->
                            spec[0] =
                                    new SubmitBody(body, rules, urlsMax, seeds, earlier)
                                            .readSpec(""));
            complete = true;
            return new Submission(spec[0], seeds);
        } finally {
            if (!complete) {
                seeds.close();
            }
        }
    }

    /** As {@link #read}, of a part of a larger body. */
    public static Submission readPart(
            BodyReader body, String path, UrlRules rules, int urlsMax, Budget submissions) {
        var seeds = new Seeds(submissions);
        boolean complete = false;
        try {
            var part = new SubmitBody(body, rules, urlsMax, seeds, EarlierCrawls.NONE);
            JobSpec spec = part.readSpec(path);
            complete = true;
            return new Submission(spec, seeds);
        } finally {
            if (!complete) {
                seeds.close();
            }
        }
    }

    private JobSpec readSpec(String root) {
        var options = new OptionKeys(body, rules, JobSpec.PRIORITY_DEFAULT);
        var keys = new LinkedHashMap<String, BodyReader.Value>();
        keys.put("urls", this::readUrls);
        keys.put("crawl", path -> crawl = new CrawlKeys(body, rules).read(path));
        keys.put("recrawl", this::readRecrawl);
        options.addTo(keys);
        var given = new LinkedHashSet<String>();
        keys.replaceAll(
                (name, value) ->
                        path -> {
                            given.add(name);
                            value.read(path);
                        });
        body.object(root, keys);
        requireOne();
        if (recrawlOf != null) {
            return readAgain(recrawlOf, options, given);
        }
        if (crawl == null) {
            return new JobSpec(
                            JobKind.URLS,
                            null,
                            options.content(),
                            options.fetch(null),
                            options.priority(),
                            options.webhook())
                    .labelled(options.labels());
        }
        seeds.add(crawl.seed());
        return new JobSpec(
                        JobKind.CRAWL,
                        crawl.spec(),
                        options.content(),
                        options.fetch(crawl.spec().url()),
                        options.priority(),
                        options.webhook())
                .labelled(options.labels());
    }

    private void requireOne() {
        int given = (urlsGiven ? 1 : 0) + (crawl == null ? 0 : 1) + (recrawlOf == null ? 0 : 1);
        if (given != 1) {
            throw Problem.of(
                            ProblemCode.MISSING_VALUE,
                            "the body takes exactly one of urls, crawl and recrawl, and has "
                                    + (given == 0 ? "none" : "more"))
                    .with("field", "urls")
                    .with("accepted", "exactly one of urls, crawl and recrawl")
                    .raise();
        }
    }

    private void readRecrawl(String path) {
        var keys = new LinkedHashMap<String, BodyReader.Value>();
        keys.put("of", at -> recrawlOf = QueryParams.uuid(at, body.string(at, UUID_CHARS)));
        body.object(path, keys);
        if (recrawlOf == null) {
            throw Problem.of(ProblemCode.MISSING_VALUE, path + ".of is needed: the id of a crawl")
                    .with("field", path + ".of")
                    .with("accepted", "the id of a crawl that has ended")
                    .raise();
        }
    }

    /** The earlier crawl once more: pages that were asked for in another way cannot be compared. */
    private JobSpec readAgain(UUID id, OptionKeys options, Set<String> given) {
        given.removeAll(BESIDE_RECRAWL);
        if (!given.isEmpty()) {
            throw Problem.of(
                            ProblemCode.INVALID_VALUE,
                            "%s is as the earlier crawl had it; beside recrawl the body takes %s"
                                    .formatted(given.iterator().next(), BESIDE))
                    .with("field", given.iterator().next())
                    .with("accepted", BESIDE)
                    .raise();
        }
        Job before = earlier.find(id);
        LostSecrets.requireHeadersAlone(before);
        CrawlSpec spec = requireNonNull(before.spec().crawl());
        earlier.urls(id, spec).forEach(seeds::add);
        var headers = new LinkedHashMap<>(before.spec().fetch().headers());
        headers.putAll(options.fetch(null).headers());
        return before.spec()
                .withHeaders(headers)
                .withPriority(options.priority())
                .withWebhook(options.webhook())
                .again(id);
    }

    private void readUrls(String path) {
        urlsGiven = true;
        body.array(path, Integer.MAX_VALUE, this::readUrl);
        if (seeds.count() == 0) {
            throw BodyReader.refuse(path, "empty", "1 to " + urlsMax + " URLs");
        }
    }

    private void readUrl(String path) {
        if (seeds.offered() == urlsMax) {
            throw tooMany(urlsMax, "or application/x-ndjson, one URL a line, for more");
        }
        seeds.add(urlCheck.candidate(path, body.string(path, UrlCheck.LENGTH_MAX), false));
    }

    static ProblemException tooMany(int max, String otherwise) {
        String accepted = "at most %d URLs %s".formatted(max, otherwise).strip();
        return Problem.value(ProblemCode.TOO_MANY_URLS, "urls", "longer", accepted).raise();
    }
}
