package io.gleaner.api.submit;

import io.gleaner.api.port.UrlRules;
import io.gleaner.api.wire.BodyReader;
import io.gleaner.budget.Budget;
import io.gleaner.job.Candidate;
import io.gleaner.job.JobKind;
import io.gleaner.job.JobSpec;
import java.io.InputStream;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The JSON body of a scrape: one URL, and the same options as a submission. */
public final class ScrapeBody {

    /** Its caller waits, so it goes first. */
    static final int PRIORITY_DEFAULT = 1;

    private final BodyReader body;
    private final UrlRules rules;
    private final Budget submissions;
    private @Nullable Candidate candidate;

    private ScrapeBody(BodyReader body, UrlRules rules, Budget submissions) {
        this.body = body;
        this.rules = rules;
        this.submissions = submissions;
    }

    public static Submission read(InputStream in, UrlRules rules, Budget submissions) {
        var read = new AtomicReference<Submission>();
        BodyReader.read(
                in, body -> read.set(new ScrapeBody(body, rules, submissions).submission()));
        return read.get();
    }

    private Submission submission() {
        var urlCheck = new UrlCheck(rules);
        var options = new OptionKeys(body, rules, PRIORITY_DEFAULT);
        var keys = new LinkedHashMap<String, BodyReader.Value>();
        keys.put(
                "url",
                path -> {
                    String url = body.string(path, UrlCheck.LENGTH_MAX);
                    candidate = urlCheck.candidate(path, url, false);
                });
        options.addTo(keys);
        body.object("", keys);
        if (candidate == null) {
            throw UrlCheck.missing("url");
        }
        var seeds = new Seeds(submissions);
        seeds.add(candidate);
        var spec =
                new JobSpec(
                                JobKind.SCRAPE,
                                null,
                                options.content(),
                                options.fetch(URI.create(candidate.url())),
                                options.priority(),
                                options.webhook())
                        .labelled(options.labels());
        return new Submission(spec, seeds);
    }
}
