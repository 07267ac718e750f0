package io.gleaner.transport;

import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.spi.ServerConnection;
import java.time.Duration;

/** One connection from its beginning to its end: counted, watched, and served or refused. */
final class GuardedConnection implements ServerConnection, InterruptableTask<Void> {

    private final GuardedContext context;
    private final ServerConnection http1;
    private final Shares connections;
    private final String address;
    private final ConnectionLimits limits;
    private final Watchdog watchdog;

    GuardedConnection(
            GuardedContext context,
            ServerConnection http1,
            Shares connections,
            ConnectionLimits limits,
            Watchdog watchdog) {
        this.context = context;
        this.http1 = http1;
        this.connections = connections;
        this.address = ClientAddress.of(context.remotePeer());
        this.limits = limits;
        this.watchdog = watchdog;
    }

    @Override
    public void handle(Limit limit) throws InterruptedException {
        Shares.Outcome outcome = connections.take(address);
        switch (outcome) {
            case TAKEN -> {}
            case NONE_LEFT -> context.refuse(Refusals.allConnectionsTaken(limits.connectionsMax()));
            case HOLDER_HAS_ENOUGH ->
                    context.refuse(Refusals.tooManyFromAddress(limits.perAddressMax()));
        }
        watchdog.watch(context);
        try {
            http1.handle(limit);
        } finally {
            watchdog.forget(context);
            if (outcome == Shares.Outcome.TAKEN) {
                connections.giveBack(address);
            }
        }
    }

    @Override
    public boolean canInterrupt() {
        return http1 instanceof InterruptableTask<?> task && task.canInterrupt();
    }

    @Override
    public Duration idleTime() {
        return http1.idleTime();
    }

    @Override
    public void close(boolean interrupt) {
        http1.close(interrupt);
    }
}
