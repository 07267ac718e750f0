package io.gleaner.app;

import io.gleaner.access.AccessKeys;
import io.gleaner.bodies.Bodies;
import io.gleaner.bodies.Leftovers;
import io.gleaner.database.Database;
import io.gleaner.database.DatabaseConfig;
import io.gleaner.database.DatabaseException;
import io.gleaner.database.DatabaseUrl;
import io.gleaner.objects.ObjectStore;
import io.gleaner.objects.ObjectsException;
import io.gleaner.postgres.EmbeddedPostgres;
import io.gleaner.postgres.EmbeddedPostgresConfig;
import io.gleaner.postgres.EmbeddedPostgresException;
import io.gleaner.postgres.RunningPostgres;
import io.gleaner.seal.KeyFile;
import io.gleaner.seal.SealException;
import io.gleaner.seal.Sealer;
import io.gleaner.store.Backlog;
import io.gleaner.store.Days;
import io.gleaner.store.EarlierPages;
import io.gleaner.store.HostQueues;
import io.gleaner.store.Hosts;
import io.gleaner.store.Jobs;
import io.gleaner.store.KnownUrls;
import io.gleaner.store.Overview;
import io.gleaner.store.Pages;
import io.gleaner.store.Schedules;
import io.gleaner.store.Settlement;
import io.gleaner.store.Submissions;
import io.gleaner.store.SubmitConfig;
import io.gleaner.store.Sweep;
import io.gleaner.store.Webhooks;
import io.gleaner.store.Workers;
import io.gleaner.store.objects.ObjectSpace;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.system.DiskSpaceMetrics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The database, embedded or external, and everything that speaks SQL to it. */
final class Storage implements AutoCloseable {

    private static final int RESCUES_MAX = 5;

    /** The server whose database it is needs most of those that there are. */
    private static final int JOINED_CONNECTIONS = 8;

    private final @Nullable EmbeddedPostgres embedded;
    private final boolean joined;
    private final Database database;
    private final Sealer sealer;
    private final @Nullable ObjectStore objects;
    private final Optional<Leftovers> leftovers;
    private final Bodies bodies;
    private final Backlog backlog;
    private final Submissions submissions;
    private final Jobs jobs;
    private final Jobs cancellations;
    private final Pages pages;
    private final Hosts hosts;
    private final Overview overview;
    private final Webhooks webhooks;
    private final Webhooks deliveries;
    private final Pages deliveredPages;
    private final AccessKeys keys;
    private final HostQueues queues;
    private final Settlement settlement;
    private final KnownUrls knownUrls;
    private final EarlierPages earlierPages;
    private final Schedules schedules;
    private final Schedules scheduled;
    private final Workers workers;
    private final Sweep sweep;
    private final Days days;

    private Storage(
            @Nullable EmbeddedPostgres embedded,
            boolean joined,
            Database database,
            Sealer sealer,
            Settings settings,
            MeterRegistry metrics,
            InstantSource clock) {
        this.embedded = embedded;
        this.joined = joined;
        this.database = database;
        this.sealer = sealer;
        var space = new ObjectSpace(database.maintenance());
        this.objects =
                settings.objects() == null
                        ? null
                        : ObjectStore.open(settings.objects(), space.id(), metrics);
        this.leftovers =
                Optional.ofNullable(objects).map(store -> new Leftovers(store, space::known));
        this.bodies = new Bodies(objects);
        SubmitConfig submit = settings.submit();
        this.backlog = new Backlog(database.requests(), submit.backlogMax(), clock);
        this.submissions = new Submissions(database.requests(), backlog, submit, sealer, clock);
        this.jobs = new Jobs(database.requests(), sealer);
        this.cancellations = new Jobs(database.maintenance(), sealer);
        this.pages = new Pages(database.requests(), bodies);
        this.hosts = new Hosts(database.requests());
        this.overview = new Overview(database.requests());
        this.webhooks = new Webhooks(database.requests(), sealer);
        this.deliveries = new Webhooks(database.maintenance(), sealer);
        this.deliveredPages = new Pages(database.maintenance(), bodies);
        this.keys = new AccessKeys(database.requests());
        this.queues = new HostQueues(database.work());
        this.settlement = new Settlement(database.work());
        this.knownUrls = new KnownUrls(database.work());
        this.schedules = new Schedules(database.requests(), sealer);
        this.scheduled = new Schedules(database.maintenance(), sealer);
        this.earlierPages = new EarlierPages(database.work());
        var rescue = new Settlement(database.maintenance());
        this.workers =
                new Workers(
                        database.maintenance(), rescue, RESCUES_MAX, settings.hostSlots(), clock);
        this.sweep = new Sweep(database.maintenance());
        this.days = new Days(database.maintenance(), clock);
    }

    /** Starts or reaches the database, brings its schema up to date. */
    static Storage open(Settings settings, MeterRegistry metrics, InstantSource clock) {
        EmbeddedPostgres embedded = null;
        try {
            DatabaseConfig config;
            int connections = settings.databaseConnections();
            Optional<RunningPostgres> joined = joined(settings);
            if (joined.isPresent()) {
                var running = joined.get();
                config = DatabaseConfig.of(running.jdbcUrl(), running.user(), running.password());
                connections = Math.min(connections, JOINED_CONNECTIONS);
            } else if (settings.databaseUrl() == null) {
                embedded = EmbeddedPostgres.start(EmbeddedPostgresConfig.of(settings.data()));
                new DiskSpaceMetrics(settings.data().toFile()).bindTo(metrics);
                config =
                        DatabaseConfig.of(embedded.jdbcUrl(), embedded.user(), embedded.password());
            } else {
                config = DatabaseUrl.parse(settings.databaseUrl());
            }
            var storage =
                    new Storage(
                            embedded,
                            joined.isPresent(),
                            Database.open(config.withConnections(connections), metrics),
                            sealer(settings),
                            settings,
                            metrics,
                            clock);
            storage.days.prepare();
            if (embedded != null) {
                // The data folder is ours alone, so whoever held a lease here before is dead.
                storage.workers.rescue(Duration.ZERO);
            }
            return storage;
        } catch (DatabaseException
                | EmbeddedPostgresException
                | ObjectsException
                | SealException
                | IllegalArgumentException e) {
            if (embedded != null) {
                embedded.close();
            }
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * The operator's key; with the embedded database one of the data folder, so that a copy of the
     * database alone tells no secret.
     */
    private static Sealer sealer(Settings settings) {
        if (settings.secretKey() != null) {
            return Sealer.of(settings.secretKey());
        }
        return settings.databaseUrl() == null ? KeyFile.in(settings.data()) : Sealer.none();
    }

    /** The database of another process that works in the data folder: a command joins it. */
    private static Optional<RunningPostgres> joined(Settings settings) {
        return settings.http() || settings.databaseUrl() != null
                ? Optional.empty()
                : RunningPostgres.ofAnother(settings.data());
    }

    /** Whether another process holds the data folder, and does the work. */
    boolean isJoined() {
        return joined;
    }

    Bodies bodies() {
        return bodies;
    }

    /** Of jobs that are gone, in the object store; empty without one. */
    Optional<Leftovers> leftovers() {
        return leftovers;
    }

    /** Why the object store cannot be used now, for people; empty when it can, or there is none. */
    Optional<String> objectsProblem() {
        return objects == null ? Optional.empty() : objects.problem();
    }

    Sealer sealer() {
        return sealer;
    }

    Optional<EmbeddedPostgres> embedded() {
        return Optional.ofNullable(embedded);
    }

    Database database() {
        return database;
    }

    Backlog backlog() {
        return backlog;
    }

    Submissions submissions() {
        return submissions;
    }

    Webhooks webhooks() {
        return webhooks;
    }

    /** As the other, for whoever tells receivers. */
    Webhooks deliveries() {
        return deliveries;
    }

    Pages deliveredPages() {
        return deliveredPages;
    }

    Jobs jobs() {
        return jobs;
    }

    /** The jobs over connections that no flood of requests uses up. */
    Jobs cancellations() {
        return cancellations;
    }

    Pages pages() {
        return pages;
    }

    Hosts hosts() {
        return hosts;
    }

    Overview overview() {
        return overview;
    }

    AccessKeys keys() {
        return keys;
    }

    HostQueues queues() {
        return queues;
    }

    KnownUrls knownUrls() {
        return knownUrls;
    }

    EarlierPages earlierPages() {
        return earlierPages;
    }

    Schedules schedules() {
        return schedules;
    }

    /** As the other, for whoever begins what is due. */
    Schedules scheduled() {
        return scheduled;
    }

    Settlement settlement() {
        return settlement;
    }

    Workers workers() {
        return workers;
    }

    Days days() {
        return days;
    }

    Sweep sweep() {
        return sweep;
    }

    @Override
    public void close() {
        submissions.close();
        if (objects != null) {
            objects.close();
        }
        database.close();
        if (embedded != null) {
            embedded.close();
        }
    }
}
