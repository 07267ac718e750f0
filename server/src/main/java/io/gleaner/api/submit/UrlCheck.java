package io.gleaner.api.submit;

import io.gleaner.api.port.UrlRules;
import io.gleaner.api.wire.Problem;
import io.gleaner.api.wire.ProblemCode;
import io.gleaner.api.wire.ProblemException;
import io.gleaner.job.Candidate;
import java.net.URI;

/** Turns a URL of a request into a candidate, or refuses it by the name of its field. */
public final class UrlCheck {

    public static final int LENGTH_MAX = 8_192;
    static final String ACCEPTED = "an absolute http or https URL";

    private final UrlRules rules;

    public UrlCheck(UrlRules rules) {
        this.rules = rules;
    }

    public Candidate candidate(String field, String url, boolean ignoreQuery) {
        Candidate candidate;
        try {
            candidate = rules.candidate(url, 0, ignoreQuery);
            // What the frontier makes must also be a java.net.URI, which the crawl and map take.
            URI.create(candidate.url());
        } catch (IllegalArgumentException e) {
            throw Problem.of(ProblemCode.INVALID_URL, field + ": " + why(e))
                    .with("field", field)
                    .with("value", Problem.shorten(url))
                    .with("accepted", ACCEPTED)
                    .raise();
        }
        var refusal = rules.refuseAddress(candidate.url());
        if (refusal.isPresent()) {
            throw Problem.value(
                            ProblemCode.FORBIDDEN_ADDRESS,
                            field,
                            url,
                            "a public address; this one is refused: " + refusal.get())
                    .raise();
        }
        return candidate;
    }

    public static ProblemException missing(String field) {
        return Problem.of(ProblemCode.MISSING_VALUE, field + " is missing; accepted: " + ACCEPTED)
                .with("field", field)
                .with("accepted", ACCEPTED)
                .raise();
    }

    private static String why(IllegalArgumentException e) {
        return Problem.shorten(String.valueOf(e.getMessage()));
    }
}
