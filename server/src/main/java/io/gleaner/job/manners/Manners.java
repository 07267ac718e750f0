package io.gleaner.job.manners;

import io.gleaner.job.TimeText;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How one job asks, beside all others.
 *
 * @param maxConcurrency most pages of the job in flight at once in one worker; 0: as the hosts bear
 * @param delay between the beginnings of two requests of the job to one host in one worker; what
 *     the host itself asks for counts as well
 * @param basicAuth a password for one origin, or null
 * @param skipTlsVerification take every certificate
 * @param proxies what connections are made by, in turn; none: directly
 */
public record Manners(
        int maxConcurrency,
        Duration delay,
        @Nullable BasicAuth basicAuth,
        boolean skipTlsVerification,
        List<ProxyServer> proxies) {

    public static final int CONCURRENCY_MAX = 1_000;
    public static final Duration DELAY_MAX = Duration.ofMinutes(1);
    public static final int PROXIES_MAX = 100;

    /** As every job. */
    public static final Manners USUAL = new Manners(0, Duration.ZERO, null, false, List.of());

    public Manners {
        delay = Objects.requireNonNullElse(delay, Duration.ZERO);
        proxies = List.copyOf(Objects.requireNonNullElse(proxies, List.of()));
        if (maxConcurrency < 0 || maxConcurrency > CONCURRENCY_MAX) {
            throw new IllegalArgumentException(
                    "maxConcurrency must be 0 to %d: %d"
                            .formatted(CONCURRENCY_MAX, maxConcurrency));
        }
        if (delay.isNegative() || delay.compareTo(DELAY_MAX) > 0) {
            throw new IllegalArgumentException(
                    "delay must be 0 to %s: %s"
                            .formatted(TimeText.of(DELAY_MAX), TimeText.of(delay)));
        }
        if (proxies.size() > PROXIES_MAX) {
            throw new IllegalArgumentException(
                    "at most %d proxies: %d".formatted(PROXIES_MAX, proxies.size()));
        }
    }

    /** Whether its pages come as those of other jobs do, so that one may have another's. */
    public boolean seesWhatOthersSee() {
        return basicAuth == null && !skipTlsVerification && proxies.isEmpty();
    }

    public boolean hasSecrets() {
        return (basicAuth != null && !basicAuth.lacksSecrets())
                || proxies.stream().anyMatch(ProxyServer::hasSecrets);
    }

    /** Whether there were passwords, and they are not here. */
    public boolean lacksSecrets() {
        return (basicAuth != null && basicAuth.lacksSecrets())
                || proxies.stream().anyMatch(ProxyServer::lacksSecrets);
    }

    /** The same as everybody may read it. */
    public Manners withoutSecrets() {
        return new Manners(
                maxConcurrency,
                delay,
                basicAuth == null ? null : basicAuth.withoutSecrets(),
                skipTlsVerification,
                proxies.stream().map(ProxyServer::withoutSecrets).toList());
    }
}
