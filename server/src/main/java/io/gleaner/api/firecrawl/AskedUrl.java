package io.gleaner.api.firecrawl;

import io.gleaner.api.submit.UrlCheck;
import io.gleaner.api.wire.BodyReader;
import io.gleaner.job.Candidate;
import java.util.regex.Pattern;

/** URLs as these clients write them: {@code example.com} is one, too. */
final class AskedUrl {

    private static final Pattern BARE =
            Pattern.compile(
                    "[\\p{L}\\p{N}_-]++(?:\\.[\\p{L}\\p{N}_-]++)++(?:[:/?#].*)?", Pattern.DOTALL);

    private AskedUrl() {}

    static String read(BodyReader body, String path) {
        String url = body.string(path, UrlCheck.LENGTH_MAX).strip();
        return BARE.matcher(url).matches() ? "http://" + url : url;
    }

    static Candidate candidate(BodyReader body, UrlCheck check, String path) {
        return check.candidate(path, read(body, path), false);
    }
}
