package io.gleaner.database;

/**
 * How one budget of connections is shared out among the three pools, so that none can starve
 * another: a flood of requests leaves settling its connections, and heartbeats have their own.
 *
 * <p>PostgreSQL does the most work with about twice as many busy connections as it has cores
 * (HikariCP, "About Pool Sizing"), so more of them make everybody slower. Of the budget,
 * maintenance gets a tenth (2 at least, for a chore and a heartbeat beside it), work four tenths (2
 * at least: a lease beside a settle), requests the rest.
 *
 * @param requests what HTTP handlers and commands use
 * @param work what workers lease and settle with
 * @param maintenance heartbeats, rescue and other chores
 */
record PoolSizes(int requests, int work, int maintenance) {

    private static final int EACH_MIN = 2;

    static PoolSizes of(int budget) {
        int maintenance = Math.max(EACH_MIN, budget / 10);
        int work = Math.max(EACH_MIN, budget * 4 / 10);
        return new PoolSizes(budget - work - maintenance, work, maintenance);
    }
}
