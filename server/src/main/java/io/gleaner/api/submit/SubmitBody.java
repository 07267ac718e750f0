package io.gleaner.api.submit;

import io.gleaner.api.port.UrlRules;
import io.gleaner.api.wire.BodyReader;
import io.gleaner.api.wire.Problem;
import io.gleaner.api.wire.ProblemCode;
import io.gleaner.api.wire.ProblemException;
import io.gleaner.budget.Budget;
import io.gleaner.job.JobKind;
import io.gleaner.job.JobSpec;
import java.io.InputStream;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/** The JSON body of a submission. URLs are checked one by one as they arrive. */
public final class SubmitBody {

    private final int urlsMax;
    private final UrlRules rules;
    private final UrlCheck urlCheck;
    private final BodyReader body;
    private final Seeds seeds;
    private boolean urlsGiven;
    private CrawlKeys.@Nullable Crawl crawl;

    private SubmitBody(BodyReader body, UrlRules rules, int urlsMax, Seeds seeds) {
        this.body = body;
        this.rules = rules;
        this.urlCheck = new UrlCheck(rules);
        this.urlsMax = urlsMax;
        this.seeds = seeds;
    }

    public static Submission read(InputStream in, UrlRules rules, int urlsMax, Budget submissions) {
        var seeds = new Seeds(submissions);
        var spec = new JobSpec[1];
        boolean complete = false;
        try {
            BodyReader.read(
                    in, body -> spec[0] = new SubmitBody(body, rules, urlsMax, seeds).readSpec());
            complete = true;
            return new Submission(spec[0], seeds);
        } finally {
            if (!complete) {
                seeds.close();
            }
        }
    }

    private JobSpec readSpec() {
        var options = new OptionKeys(body, rules, JobSpec.PRIORITY_DEFAULT);
        var keys = new LinkedHashMap<String, BodyReader.Value>();
        keys.put("urls", this::readUrls);
        keys.put("crawl", path -> crawl = new CrawlKeys(body, rules).read(path));
        options.addTo(keys);
        body.object("", keys);
        if (urlsGiven == (crawl != null)) {
            throw Problem.of(
                            ProblemCode.MISSING_VALUE,
                            "the body takes exactly one of urls and crawl, and has "
                                    + (urlsGiven ? "both" : "neither"))
                    .with("field", "urls")
                    .with("accepted", "exactly one of urls and crawl")
                    .raise();
        }
        if (crawl == null) {
            return new JobSpec(
                    JobKind.URLS,
                    null,
                    options.content(),
                    options.fetch(null),
                    options.priority(),
                    options.webhook());
        }
        seeds.add(crawl.seed());
        return new JobSpec(
                JobKind.CRAWL,
                crawl.spec(),
                options.content(),
                options.fetch(crawl.spec().url()),
                options.priority(),
                options.webhook());
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
