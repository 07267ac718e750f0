package io.gleaner.app;

import io.gleaner.api.port.HostInsight;
import io.gleaner.api.port.HostPoliteness;
import io.gleaner.politeness.HostPace;
import io.gleaner.politeness.HostPaces;
import io.gleaner.politeness.PaceView;
import io.gleaner.politeness.Robots;
import io.gleaner.politeness.RobotsView;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** What this process's politeness knows of a host. */
final class LocalInsight implements HostInsight {

    private final HostPaces paces;
    private final Robots robots;
    private final BooleanSupplier workerFull;

    /**
     * @param workerFull whether every fetch that may run at once is running
     */
    LocalInsight(HostPaces paces, Robots robots, BooleanSupplier workerFull) {
        this.paces = paces;
        this.robots = robots;
        this.workerFull = workerFull;
    }

    @Override
    public Optional<HostPoliteness> of(String host) {
        return paces.known(host).map(HostPace::view).map(pace -> together(pace, host));
    }

    private HostPoliteness together(PaceView pace, String host) {
        RobotsView view =
                Stream.of("https://", "http://")
                        .flatMap(scheme -> robots.cached(scheme + host).stream())
                        .findFirst()
                        .orElse(null);
        return new HostPoliteness(
                view == null ? null : view.status() + ": " + view.detail(),
                view == null ? null : view.fetchedAt(),
                view == null ? null : view.expiresAt(),
                pace.slots(),
                pace.inFlight(),
                pace.delay(),
                pace.notBefore(),
                pace.waitReason(),
                workerFull.getAsBoolean());
    }
}
