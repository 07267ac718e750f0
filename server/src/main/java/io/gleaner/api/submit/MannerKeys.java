package io.gleaner.api.submit;

import io.gleaner.api.port.UrlRules;
import io.gleaner.api.wire.BodyReader;
import io.gleaner.api.wire.Problem;
import io.gleaner.api.wire.ProblemCode;
import io.gleaner.job.manners.BasicAuth;
import io.gleaner.job.manners.Manners;
import io.gleaner.job.manners.ProxyServer;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** The keys that say how a job asks, beside all others. */
final class MannerKeys {

    private static final int CREDENTIAL_MAX = 500;

    private final BodyReader body;
    private final UrlRules rules;
    private int maxConcurrency;
    private Duration delay = Duration.ZERO;
    private boolean skipTlsVerification;
    private List<ProxyServer> proxies = List.of();
    private @Nullable String username;
    private @Nullable String password;
    private @Nullable String origin;

    MannerKeys(BodyReader body, UrlRules rules) {
        this.body = body;
        this.rules = rules;
    }

    void addTo(SequencedMap<String, BodyReader.Value> keys) {
        keys.put(
                "maxConcurrency",
                path -> maxConcurrency = body.integer(path, 1, Manners.CONCURRENCY_MAX));
        keys.put("delay", path -> delay = body.duration(path, Duration.ZERO, Manners.DELAY_MAX));
        keys.put("skipTlsVerification", path -> skipTlsVerification = body.bool(path));
        keys.put("proxies", this::readProxies);
        keys.put("basicAuth", this::readBasicAuth);
    }

    /**
     * @param start what a password is meant for when the body does not say, or null
     * @param rendered whether a browser asks, which goes its own way
     */
    Manners manners(@Nullable URI start, boolean rendered) {
        if (rendered && (skipTlsVerification || !proxies.isEmpty())) {
            String field = skipTlsVerification ? "skipTlsVerification" : "proxies";
            throw Problem.value(ProblemCode.NOT_SUPPORTED_YET, field, "with render", "no render")
                    .raise();
        }
        return new Manners(maxConcurrency, delay, basicAuth(start), skipTlsVerification, proxies);
    }

    private @Nullable BasicAuth basicAuth(@Nullable URI start) {
        if (username == null || password == null) {
            return null;
        }
        if (origin != null) {
            return new BasicAuth(origin, username, password);
        }
        if (start == null) {
            throw UrlCheck.missing("basicAuth.origin");
        }
        return new BasicAuth(BasicAuth.originOf(start), username, password);
    }

    private void readProxies(String path) {
        var read = new ArrayList<ProxyServer>();
        body.array(
                path,
                Manners.PROXIES_MAX,
                at -> {
                    String text = body.string(at, UrlCheck.LENGTH_MAX);
                    OptionKeys.check(at, () -> read.add(proxy(text)));
                    if (read.getLast().username() != null) {
                        OptionKeys.requireKeptSecrets(rules, at);
                    }
                });
        proxies = read;
    }

    private ProxyServer proxy(String text) {
        ProxyServer proxy = ProxyServer.parse(text);
        rules.refuseAddress("http://%s:%d/".formatted(proxy.host(), proxy.port()))
                .ifPresent(
                        why -> {
                            throw new IllegalArgumentException(why);
                        });
        return proxy;
    }

    private void readBasicAuth(String path) {
        var keys = new LinkedHashMap<String, BodyReader.Value>();
        keys.put("username", at -> username = body.string(at, CREDENTIAL_MAX));
        keys.put("password", at -> password = body.string(at, CREDENTIAL_MAX));
        keys.put("origin", this::readOrigin);
        body.object(path, keys);
        if (username == null || username.contains(":")) {
            throw username == null
                    ? UrlCheck.missing(path + ".username")
                    : BodyReader.refuse(path + ".username", username, "a name without a colon");
        }
        if (password == null) {
            throw UrlCheck.missing(path + ".password");
        }
        OptionKeys.requireKeptSecrets(rules, path);
    }

    private void readOrigin(String path) {
        String text = body.string(path, UrlCheck.LENGTH_MAX);
        String url = new UrlCheck(rules).candidate(path, text, false).url();
        origin = BasicAuth.originOf(URI.create(url));
    }
}
