package io.gleaner.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.cli.console.ExitCodes;
import io.gleaner.cli.console.Streams;
import io.gleaner.cli.operate.CacheReportCommand;
import io.gleaner.postgres.TestDatabase;
import io.gleaner.redis.RedisNode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The commands that need a database or a Redis, and no server. */
class KeysCommandIT {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Map<String, String> environment = new HashMap<>();

    private int run(String... arguments) {
        out.reset();
        err.reset();
        var streams =
                new Streams(
                        new PrintStream(out, true, UTF_8),
                        new PrintStream(err, true, UTF_8),
                        false);
        return Main.commandLine(streams, environment).execute(arguments);
    }

    private String out() {
        return out.toString(UTF_8);
    }

    private String err() {
        return err.toString(UTF_8);
    }

    @Test
    void aKeyIsShownOnceAndListedWithoutItsSecret() {
        environment.put("GLEANER_DATABASE_URL", TestDatabase.shared().freshUrl());
        assertThat(run("keys", "list")).isZero();
        assertThat(out()).isEqualTo("no keys\n");

        assertThat(run("keys", "create", "shop", "--per-minute", "60")).isZero();
        String secret = out().strip();
        assertThat(secret).startsWith("gk_").hasSize(46);
        assertThat(err())
                .contains("key 1 'shop' of tenant 'main'", "for: read,submit")
                .doesNotContain(secret);

        assertThat(run("keys", "list")).isZero();
        List<String> lines = out().lines().toList();
        assertThat(lines).hasSize(2);
        assertThat(lines.get(1))
                .startsWith("1   shop  main    read,submit  " + secret.substring(0, 8) + "  60 ")
                .doesNotContain(secret);

        assertThat(run("keys", "revoke", "1")).isZero();
        assertThat(err()).contains("'shop' is revoked");
        assertThat(run("keys", "revoke", "7")).isEqualTo(ExitCodes.USAGE);
        assertThat(err()).contains("there is no key 7");
        assertThat(run("keys", "create", " ")).isEqualTo(ExitCodes.USAGE);
        assertThat(run("keys")).isEqualTo(ExitCodes.USAGE);
    }

    @Test
    void aKeyIsOfATenantAndForScopes() {
        environment.put("GLEANER_DATABASE_URL", TestDatabase.shared().freshUrl());
        assertThat(run("keys", "create", "p", "--scope", "metrics")).isZero();
        assertThat(run("keys", "create", "a", "--tenant", "shop", "--scope", "read, submit"))
                .isZero();
        assertThat(run("keys", "create", "o", "--tenant", "shop", "--admin")).isZero();
        assertThat(run("keys", "list")).isZero();
        assertThat(out().lines().skip(1).map(line -> line.split(" {2,}", -1)[3]))
                .containsExactly("metrics", "read,submit", "read,submit,metrics,admin");
        assertThat(out().lines().skip(1).map(line -> line.split(" {2,}", -1)[2]))
                .containsExactly("main", "shop", "shop");
        assertThat(run("keys", "create", "x", "--scope", "write")).isEqualTo(ExitCodes.USAGE);
        assertThat(err()).contains("'write'", "read,submit,metrics,admin");
        assertThat(run("keys", "create", "x", "--tenant", " ")).isEqualTo(ExitCodes.USAGE);
    }

    @Test
    void migratingMakesTheSchemaAndIsHarmlessWhenItIsThere() {
        environment.put("GLEANER_DATABASE_URL", TestDatabase.shared().freshUrl());

        assertThat(run("db", "migrate")).isZero();
        assertThat(err()).isEqualTo("the schema is up to date\n");
        assertThat(out()).isEmpty();
        assertThat(run("db", "migrate")).isZero();
    }

    @Test
    void migratingADatabaseThatRefusesUsSaysSoAndFails() {
        String url = TestDatabase.shared().freshUrl();
        environment.put("GLEANER_DATABASE_URL", url.replaceFirst("/[^/?]*(\\?|$)", "/no-such$1"));

        assertThat(run("db", "migrate")).isNotZero();
        assertThat(err()).contains("no-such").hasLineCount(1);
    }

    @Test
    void pingSaysHowARedisIs() {
        try (RedisNode node = RedisNode.start("--maxmemory", "20mb")) {
            assertThat(run("redis", "ping", "--redis-url", node.url())).isZero();
            assertThat(out())
                    .contains("127.0.0.1:" + node.port() + "] answers: Redis 6.2")
                    .contains("allkeys-lfu");
        }
    }

    @Test
    void pingSaysWhyARedisCannotBeUsed() {
        try (RedisNode node =
                RedisNode.start("--requirepass", "secret", "--protected-mode", "no")) {
            String host = "127.0.0.1:" + node.port();
            assertPing("redis://" + host, "asks for a password");
            assertPing("redis://:wrong@" + host, "user or password is wrong");
            assertThat(run("redis", "ping", "--redis-url", "redis://:secret@" + host)).isZero();
            assertThat(out()).doesNotContain("secret");
            assertPing("redis-cluster://:secret@" + host, "no cluster");
            assertPing("rediss://:secret@" + host, "TLS");
        }
        assertPing("redis://127.0.0.1:1", "nothing listens there");
        assertPing("redis://no.such.invalid", "the host is not known");
        assertThat(run("redis", "ping", "--redis-url", "http://x")).isEqualTo(ExitCodes.USAGE);
        assertThat(err()).contains("redis-sentinel://");
        assertThat(run("redis", "ping")).isEqualTo(ExitCodes.USAGE);
        assertThat(err()).contains("GLEANER_REDIS_URL");
    }

    private void assertPing(String url, String why) {
        assertThat(run("redis", "ping", "--redis-url", url))
                .as(url)
                .isEqualTo(ExitCodes.UNAVAILABLE);
        assertThat(err()).as(url).contains(why).doesNotContain("secret", ":wrong");
    }

    @Test
    void theReportAddsUpWhatEachCacheDid() {
        String report =
                CacheReportCommand.report(
                        """
                        # TYPE gleaner_cache_requests_total counter
                        gleaner_cache_requests_total{cache="dns",level="l1",outcome="hit"} 30.0
                        gleaner_cache_requests_total{cache="dns",level="l1",outcome="miss"} 10.0
                        gleaner_cache_loads_seconds_count{cache="dns"} 10
                        gleaner_cache_loads_seconds_sum{cache="dns"} 0.05
                        gleaner_cache_evictions_total{cache="dns",cause="size"} 2.0
                        gleaner_cache_evictions_total{cache="dns",cause="expired"} 3.0
                        gleaner_cache_bytes{cache="dns"} 2048.0
                        gleaner_cache_invalidation_gaps_total 1.0
                        """);
        List<String> lines = report.lines().toList();
        assertThat(lines).hasSize(2);
        assertThat(lines.get(1).split("\\s{2,}"))
                .containsExactly(
                        "dns", "30", "0", "0", "10", "75.0 %", "0", "0", "10", "5.00", "0", "5",
                        "2");
    }
}
