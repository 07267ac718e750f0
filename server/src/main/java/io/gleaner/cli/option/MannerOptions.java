package io.gleaner.cli.option;

import io.gleaner.cli.console.CommandFailure;
import io.gleaner.job.manners.BasicAuth;
import io.gleaner.job.manners.Manners;
import io.gleaner.job.manners.ProxyServer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a job asks, beside all others, as flags. */
final class MannerOptions {

    @Option(
            names = "--max-concurrency",
            paramLabel = "N",
            description = "Most pages at once, 1 to 1000 (default: as the hosts bear).")
    private int maxConcurrency;

    @Option(
            names = "--delay",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description =
                    "Pause between two requests to one host, up to 1m (default 0s; what the host"
                            + " asks for counts as well).")
    private Duration delay = Duration.ZERO;

    @Option(
            names = "--proxy",
            paramLabel = "URL",
            description =
                    "Connect by this proxy, http://[user:password@]host:port or socks5://...; may"
                            + " be repeated, then each request takes the next.")
    private List<String> proxies = List.of();

    @Option(
            names = "--basic-auth",
            paramLabel = "USER:PASSWORD",
            description = "Sent to the start's own scheme, host and port only.")
    private @Nullable String basicAuth;

    @Option(
            names = "--skip-tls-verification",
            description = "Take every certificate: whoever is on the way can read and write.")
    private boolean skipTlsVerification;

    /**
     * @param start what a password is meant for
     * @param rendered whether a browser asks, which goes its own way
     */
    Manners manners(URI start, boolean rendered) {
        if (rendered && (skipTlsVerification || !proxies.isEmpty())) {
            throw CommandFailure.usage(
                    "%s does not work with --render yet"
                            .formatted(
                                    skipTlsVerification ? "--skip-tls-verification" : "--proxy"));
        }
        try {
            return new Manners(
                    maxConcurrency,
                    delay,
                    basicAuth(start),
                    skipTlsVerification,
                    proxies.stream().map(ProxyServer::parse).toList());
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(String.valueOf(e.getMessage()));
        }
    }

    private @Nullable BasicAuth basicAuth(URI start) {
        if (basicAuth == null) {
            return null;
        }
        int colon = basicAuth.indexOf(':');
        if (colon < 1) {
            throw CommandFailure.usage("--basic-auth is written USER:PASSWORD");
        }
        return new BasicAuth(
                BasicAuth.originOf(start),
                basicAuth.substring(0, colon),
                basicAuth.substring(colon + 1));
    }
}
