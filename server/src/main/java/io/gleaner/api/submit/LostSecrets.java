package io.gleaner.api.submit;

import io.gleaner.api.wire.Problem;
import io.gleaner.api.wire.ProblemCode;
import io.gleaner.api.wire.ProblemException;
import io.gleaner.job.Job;

/** What of a job that has ended is no more, when it is to be done once more. */
final class LostSecrets {

    private LostSecrets() {}

    /** Refuses a job that had other secrets than headers, which can be sent again. */
    static void requireHeadersAlone(Job ended) {
        var fetch = ended.spec().fetch();
        if (!fetch.render().texts().isEmpty()) {
            throw of(ended, "submit it anew, for its actions write secret texts");
        }
        if (fetch.manners().lacksSecrets()) {
            throw of(ended, "submit it anew, for it has passwords of a host or a proxy");
        }
    }

    static ProblemException of(Job ended, String cure) {
        return Problem.of(
                        ProblemCode.SECRETS_GONE,
                        "the secrets of a job are deleted when it ends; " + cure)
                .with("field", "headers")
                .with("value", ended.id())
                .with("accepted", cure)
                .raise();
    }
}
