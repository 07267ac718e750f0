package io.gleaner.frontier;

import io.gleaner.job.Candidate;
import io.gleaner.job.CrawlRules;
import io.gleaner.job.CrawlSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which URLs of a crawl are one. What is no part of a URL is dropped from it: the rest is what is
 * fetched. What only makes it another spelling stays, and does not count where URLs are compared.
 */
final class Sameness {

    private static final Set<String> SESSION =
            Set.of(
                    "jsessionid",
                    "phpsessid",
                    "aspsessionid",
                    "asp.net_sessionid",
                    "cfid",
                    "cftoken",
                    "sessionid",
                    "session_id",
                    "sessid",
                    "sid");

    private static final Set<String> TRACKING =
            Set.of(
                    "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "yclid",
                    "twclid", "igshid", "mc_cid", "mc_eid", "_ga", "_gl", "_hsenc", "_hsmi",
                    "mkt_tok");

    private static final String TRACKING_PREFIX = "utm_";
    private static final List<String> INDEXES = List.of("/index.html", "/index.htm");

    /** A session id is long; {@code sid=3} is the third of something. */
    private static final int SESSION_CHARS_MIN = 8;

    private final CrawlRules rules;
    private final boolean ignoreQuery;

    Sameness(CrawlSpec crawl) {
        this.rules = crawl.rules();
        this.ignoreQuery = crawl.ignoreQuery();
    }

    /** What becomes of a URL: as it is fetched, and as it is compared. */
    record Form(NormalUrl fetched, String compared) {}

    Form of(NormalUrl url) {
        NormalUrl fetched = cleaned(url);
        String text = fetched.text();
        String path = path(text.substring(0, fetched.queryStart()), fetched.pathStart());
        String query = ignoreQuery ? "" : query(text.substring(fetched.queryStart()));
        return new Form(fetched, path + query);
    }

    Candidate candidate(NormalUrl url, int depth) {
        Form form = of(url);
        return new Candidate(
                form.fetched.text(), form.fetched.host(), Urls.key(form.compared), depth);
    }

    private NormalUrl cleaned(NormalUrl url) {
        if (!rules.dropSessionIds() && !rules.dropTracking()) {
            return url;
        }
        String text = url.text();
        boolean mayHaveSome = url.queryStart() < text.length() || text.indexOf(';') >= 0;
        if (!mayHaveSome) {
            return url;
        }
        String path = withoutPathSession(text.substring(0, url.queryStart()), url.pathStart());
        var kept = new ArrayList<String>();
        for (String parameter : parameters(text.substring(url.queryStart()))) {
            if (!dropped(parameter)) {
                kept.add(parameter);
            }
        }
        String query = kept.isEmpty() ? "" : "?" + String.join("&", kept);
        return path.length() + query.length() == text.length()
                ? url
                : new NormalUrl(path + query, url.host(), url.pathStart(), path.length());
    }

    private String withoutPathSession(String path, int from) {
        int semicolon = path.indexOf(';', from);
        return rules.dropSessionIds()
                        && semicolon >= 0
                        && dropped(path.substring(semicolon + 1))
                        && path.indexOf('/', semicolon) < 0
                ? path.substring(0, semicolon)
                : path;
    }

    private boolean dropped(String parameter) {
        int equals = parameter.indexOf('=');
        String name =
                (equals < 0 ? parameter : parameter.substring(0, equals)).toLowerCase(Locale.ROOT);
        boolean isLong = parameter.length() - equals - 1 >= SESSION_CHARS_MIN;
        return (rules.dropSessionIds() && equals > 0 && isLong && SESSION.contains(name))
                || (rules.dropTracking()
                        && (TRACKING.contains(name) || name.startsWith(TRACKING_PREFIX)));
    }

    private String path(String path, int from) {
        if (!rules.foldSlash()) {
            return path;
        }
        for (String index : INDEXES) {
            if (path.regionMatches(
                    true, path.length() - index.length(), index, 0, index.length())) {
                return path.substring(0, path.length() - index.length());
            }
        }
        return path.endsWith("/") && path.length() > from
                ? path.substring(0, path.length() - 1)
                : path;
    }

    private String query(String query) {
        if (!rules.sortQuery() || query.indexOf('&') < 0) {
            return query;
        }
        String[] parameters = parameters(query);
        Arrays.sort(parameters);
        return "?" + String.join("&", parameters);
    }

    private static String[] parameters(String query) {
        return query.isEmpty() ? new String[0] : query.substring(1).split("&", -1);
    }
}
