package io.gleaner.app;

import io.gleaner.api.port.ApiConfig;
import io.gleaner.browser.BrowserConfig;
import io.gleaner.budget.Budgets;
import io.gleaner.database.DatabaseConfig;
import io.gleaner.objects.ObjectsConfig;
import io.gleaner.politeness.PolitenessConfig;
import io.gleaner.redis.RedisConfig;
import io.gleaner.render.port.RenderConfig;
import io.gleaner.store.SubmitConfig;
import io.gleaner.transport.ConnectionLimits;
import io.gleaner.worker.WorkerConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Every setting of the service.
 *
 * @param data folder of the embedded database
 * @param databaseUrl PostgreSQL to use instead of the embedded one, or null
 * @param secretKey what secrets of jobs are sealed with, see {@link io.gleaner.seal.Sealer#of}; or
 *     null for a key of the data folder, and none with another database
 * @param redis Redis for what processes share, or null for none
 * @param objects where the large parts of pages lie, or null for the database
 * @param roles what this process does
 * @param http whether to open the HTTP API
 * @param host address the API listens on
 * @param open serve callers without a key although there are, or were, keys; on loopback only
 * @param port 0 for any free one
 * @param healthPort port for probes, 0 for any free one, or null for none of their own
 * @param connections how many clients the API serves at once, and how long it waits for one
 * @param allowPrivateNetworks fetch from loopback, private and link-local addresses too
 * @param allowCidrs networks to fetch from although they are not public
 * @param contact URL or mail address in the User-Agent, empty for none
 * @param hostSlots most requests in flight to one host
 * @param crawlDelayMin kept between two requests to one host, even if robots.txt asks for less
 * @param crawlDelayMax longest crawl delay obeyed
 * @param concurrency fetches in flight over all hosts
 * @param browser path of the browser that renders, {@code none} for none, {@code elsewhere} when
 *     other processes have one and this one only takes submissions, or null for the one found
 * @param browserSandbox whether its pages are in the kernel's sandbox, which root cannot have
 * @param browserTabs pages rendered at once
 * @param retryAfterMax longest Retry-After obeyed
 * @param attemptsMax tries before a failing URL comes to a fault
 * @param refusalsMax answers 429 or 503 to one URL, while the host answers others, before it comes
 *     to a fault
 * @param robotsTtl how long a robots.txt that was read counts
 * @param databaseConnections most connections of this process to the database
 * @param statusCacheBytes of statuses kept in this process, zero for none
 * @param shutdownDelay how long the API serves on after it said that it is not ready any more
 * @param budgetBytes memory that bodies, trees, pages, submissions and streams share
 * @param submit how submissions are stored
 * @param retention how long jobs and their pages are kept, in whole days
 * @param flightRecorder whether {@code serve} records itself all the time
 * @param logFormat how a line of the log is written
 */
public record Settings(
        Path data,
        @Nullable String databaseUrl,
        @Nullable String secretKey,
        @Nullable RedisConfig redis,
        @Nullable ObjectsConfig objects,
        Set<Role> roles,
        boolean http,
        String host,
        boolean open,
        int port,
        @Nullable Integer healthPort,
        ConnectionLimits connections,
        boolean allowPrivateNetworks,
        List<String> allowCidrs,
        String contact,
        int hostSlots,
        Duration crawlDelayMin,
        Duration crawlDelayMax,
        Duration retryAfterMax,
        int concurrency,
        @Nullable String browser,
        boolean browserSandbox,
        int browserTabs,
        int attemptsMax,
        int refusalsMax,
        Duration robotsTtl,
        int databaseConnections,
        long statusCacheBytes,
        Duration shutdownDelay,
        long budgetBytes,
        SubmitConfig submit,
        Period retention,
        boolean flightRecorder,
        LogFormat logFormat) {

    /** A hundred years. */
    public static final int RETENTION_DAYS_MAX = 36_500;

    private static final int PORT_DEFAULT = 8080;
    private static final Period RETENTION_DEFAULT = Period.ofDays(30);

    /** The settings of a laptop: everything in {@code ./data}, reachable on loopback only. */
    public static Settings defaults() {
        PolitenessConfig politeness = PolitenessConfig.standard();
        WorkerConfig worker = WorkerConfig.standard();
        return new Settings(
                Path.of("data"),
                null,
                null,
                null,
                null,
                Set.of(Role.values()),
                true,
                "127.0.0.1",
                false,
                PORT_DEFAULT,
                null,
                ConnectionLimits.standard(),
                false,
                List.of(),
                "",
                politeness.hostSlots(),
                politeness.crawlDelayMin(),
                politeness.crawlDelayMax(),
                politeness.retryAfterMax(),
                worker.concurrency(),
                null,
                BrowserConfig.mayHaveSandbox(),
                RenderConfig.TABS_DEFAULT,
                worker.attemptsMax(),
                worker.refusalsMax(),
                politeness.robotsTtl(),
                DatabaseConfig.CONNECTIONS_DEFAULT,
                ApiConfig.STATUS_CACHE_DEFAULT,
                Duration.ZERO,
                Budgets.standardBytes(),
                SubmitConfig.standard(),
                RETENTION_DEFAULT,
                true,
                LogFormat.TEXT);
    }

    /**
     * The defaults with what {@code GLEANER_*} variables say.
     *
     * @throws IllegalArgumentException naming the variable, its value and what is accepted
     */
    public static Settings fromEnvironment(Map<String, String> environment) {
        return defaults().with(draft -> EnvironmentVariables.apply(environment, draft));
    }

    /** These settings with some of them changed. */
    public Settings with(Consumer<Draft> change) {
        var draft = new Draft(this);
        change.accept(draft);
        return draft.settings();
    }

    /** Settings on their way to being changed. */
    public static final class Draft {
        public Path data;
        public @Nullable String databaseUrl;
        public @Nullable String secretKey;
        public @Nullable RedisConfig redis;
        public @Nullable ObjectsConfig objects;
        public Set<Role> roles;
        public boolean http;
        public String host;
        public boolean open;
        public int port;
        public @Nullable Integer healthPort;
        public ConnectionLimits connections;
        public boolean allowPrivateNetworks;
        public List<String> allowCidrs;
        public String contact;
        public int hostSlots;
        public Duration crawlDelayMin;
        public Duration crawlDelayMax;
        public Duration retryAfterMax;
        public int concurrency;
        public @Nullable String browser;
        public boolean browserSandbox;
        public int browserTabs;
        public int attemptsMax;
        public int refusalsMax;
        public Duration robotsTtl;
        public int databaseConnections;
        public long statusCacheBytes;
        public Duration shutdownDelay;
        public long budgetBytes;
        public SubmitConfig submit;
        public Period retention;
        public boolean flightRecorder;
        public LogFormat logFormat;

        private Draft(Settings from) {
            data = from.data;
            databaseUrl = from.databaseUrl;
            secretKey = from.secretKey;
            redis = from.redis;
            objects = from.objects;
            roles = from.roles;
            http = from.http;
            host = from.host;
            open = from.open;
            port = from.port;
            healthPort = from.healthPort;
            connections = from.connections;
            allowPrivateNetworks = from.allowPrivateNetworks;
            allowCidrs = from.allowCidrs;
            contact = from.contact;
            hostSlots = from.hostSlots;
            crawlDelayMin = from.crawlDelayMin;
            crawlDelayMax = from.crawlDelayMax;
            retryAfterMax = from.retryAfterMax;
            concurrency = from.concurrency;
            browser = from.browser;
            browserSandbox = from.browserSandbox;
            browserTabs = from.browserTabs;
            attemptsMax = from.attemptsMax;
            refusalsMax = from.refusalsMax;
            robotsTtl = from.robotsTtl;
            databaseConnections = from.databaseConnections;
            statusCacheBytes = from.statusCacheBytes;
            shutdownDelay = from.shutdownDelay;
            budgetBytes = from.budgetBytes;
            submit = from.submit;
            retention = from.retention;
            flightRecorder = from.flightRecorder;
            logFormat = from.logFormat;
        }

        private Settings settings() {
            return new Settings(
                    data,
                    databaseUrl,
                    secretKey,
                    redis,
                    objects,
                    roles,
                    http,
                    host,
                    open,
                    port,
                    healthPort,
                    connections,
                    allowPrivateNetworks,
                    allowCidrs,
                    contact,
                    hostSlots,
                    crawlDelayMin,
                    crawlDelayMax,
                    retryAfterMax,
                    concurrency,
                    browser,
                    browserSandbox,
                    browserTabs,
                    attemptsMax,
                    refusalsMax,
                    robotsTtl,
                    databaseConnections,
                    statusCacheBytes,
                    shutdownDelay,
                    budgetBytes,
                    submit,
                    retention,
                    flightRecorder,
                    logFormat);
        }
    }
}
