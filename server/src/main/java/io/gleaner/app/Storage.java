package io.gleaner.app;

import io.gleaner.postgres.EmbeddedPostgres;
import io.gleaner.postgres.EmbeddedPostgresConfig;
import io.gleaner.postgres.EmbeddedPostgresException;
import io.gleaner.store.Backlog;
import io.gleaner.store.Database;
import io.gleaner.store.DatabaseConfig;
import io.gleaner.store.DatabaseUrl;
import io.gleaner.store.HostQueues;
import io.gleaner.store.Hosts;
import io.gleaner.store.Jobs;
import io.gleaner.store.Pages;
import io.gleaner.store.Settlement;
import io.gleaner.store.StoreException;
import io.gleaner.store.Sweep;
import io.gleaner.store.Workers;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** The database, embedded or external, and everything that speaks SQL to it. */
final class Storage implements AutoCloseable {

    private static final int RESCUES_MAX = 5;

    private final @Nullable EmbeddedPostgres embedded;
    private final Database database;
    private final Backlog backlog;
    private final Jobs jobs;
    private final Pages pages;
    private final Hosts hosts;
    private final HostQueues queues;
    private final Settlement settlement;
    private final Workers workers;
    private final Sweep sweep;

    private Storage(
            @Nullable EmbeddedPostgres embedded,
            Database database,
            long backlogMax,
            int hostSlots,
            InstantSource clock) {
        this.embedded = embedded;
        this.database = database;
        this.backlog = new Backlog(database, backlogMax, clock);
        this.jobs = new Jobs(database, backlog, clock);
        this.pages = new Pages(database);
        this.hosts = new Hosts(database);
        this.queues = new HostQueues(database);
        this.settlement = new Settlement(database);
        this.workers = new Workers(database, settlement, RESCUES_MAX, hostSlots, clock);
        this.sweep = new Sweep(database);
    }

    /** Starts or reaches the database, brings its schema up to date. */
    static Storage open(Settings settings, MeterRegistry metrics, InstantSource clock) {
        EmbeddedPostgres embedded = null;
        try {
            DatabaseConfig config;
            if (settings.databaseUrl() == null) {
                embedded = EmbeddedPostgres.start(EmbeddedPostgresConfig.of(settings.data()));
                config =
                        DatabaseConfig.of(embedded.jdbcUrl(), embedded.user(), embedded.password());
            } else {
                config = DatabaseUrl.parse(settings.databaseUrl());
            }
            var storage =
                    new Storage(
                            embedded,
                            Database.open(config, metrics),
                            config.backlogMax(),
                            settings.hostSlots(),
                            clock);
            if (embedded != null) {
                // The data folder is ours alone, so whoever held a lease here before is dead.
                storage.workers.rescue(Duration.ZERO);
            }
            return storage;
        } catch (StoreException | EmbeddedPostgresException | IllegalArgumentException e) {
            if (embedded != null) {
                embedded.close();
            }
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    Database database() {
        return database;
    }

    Backlog backlog() {
        return backlog;
    }

    Jobs jobs() {
        return jobs;
    }

    Pages pages() {
        return pages;
    }

    Hosts hosts() {
        return hosts;
    }

    HostQueues queues() {
        return queues;
    }

    Settlement settlement() {
        return settlement;
    }

    Workers workers() {
        return workers;
    }

    Sweep sweep() {
        return sweep;
    }

    @Override
    public void close() {
        database.close();
        if (embedded != null) {
            embedded.close();
        }
    }
}
