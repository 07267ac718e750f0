package io.gleaner.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.cli.console.ExitCodes;
import io.gleaner.cli.console.Streams;
import io.gleaner.postgres.EmbeddedPostgres;
import io.gleaner.postgres.EmbeddedPostgresConfig;
import io.gleaner.postgres.TestDatabase;
import io.gleaner.store.SubmitConfig;
import io.gleaner.store.TestStore;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DbReportIT {

    private static final int COLUMNS_MAX = 100;

    private final TestDatabase.Access access = TestDatabase.shared().fresh();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void everySectionIsThereAlignedAndNarrow() throws SQLException {
        execute("CREATE EXTENSION pg_stat_statements");
        try (var store = new TestStore(SubmitConfig.standard(), access);
                Connection open = access.connect();
                Statement pinned = open.createStatement()) {
            store.submit("a.example", 300);
            open.setAutoCommit(false);
            open.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            pinned.execute("SET application_name = 'somebody with a very long name indeed'");
            pinned.execute("SELECT /* gleaner:pinned */ count(*) FROM job");
            assertThat(report("--limit", "100")).isEqualTo(ExitCodes.OK);
        }
        String text = out.toString(UTF_8);
        assertThat(text.lines()).allMatch(line -> line.length() <= COLUMNS_MAX);
        assertThat(text)
                .contains("PostgreSQL        18")
                .contains("cache hits")
                .containsPattern("\nStatements by total time\nNAME +CALLS +TOTAL")
                .containsPattern("\nsubmit +1 ")
                .containsPattern("\nTables by size\nTABLE +PARTS")
                .containsPattern("\npage +8 ")
                .containsPattern("\nIndex use .*\nTABLE +BY INDEX")
                .containsPattern("\nIndexes that nothing has used, keys aside\nINDEX")
                .containsPattern("\nConnections by application\nAPPLICATION")
                .containsPattern("\ngleaner-requests +\\d")
                .containsPattern("\nOldest transactions\nPROCESS")
                .containsPattern("somebody with a ver… +\\S+ ms +idle in transaction +pinned")
                .containsPattern("\nVacuum horizon.*\nHOLDER")
                .containsPattern("\nprocess \\d+ \\(somebody with a very long name indeed\\) +\\d");
    }

    @Test
    void whatIsNotCountedSaysHowToHaveItCounted() {
        assertThat(report()).isEqualTo(ExitCodes.OK);
        assertThat(out.toString(UTF_8))
                .contains("\nStatements\npg_stat_statements is not loaded:")
                .contains("shared_preload_libraries", "CREATE EXTENSION pg_stat_statements");
        assertThat(out.toString(UTF_8).lines()).allMatch(line -> line.length() <= COLUMNS_MAX);
    }

    @Test
    void theJsonHasEverythingUncut() throws SQLException {
        execute("CREATE EXTENSION pg_stat_statements");
        execute("CREATE TABLE " + "t".repeat(60) + " (id int)");
        assertThat(report("--json")).isEqualTo(ExitCodes.OK);
        JsonNode json = JsonMapper.shared().readTree(out.toString(UTF_8));
        assertThat(json.path("server").path("connectionsMax").asInt()).isEqualTo(100);
        assertThat(json.path("tables").path(0).path("name").asString()).isEqualTo("t".repeat(60));
        assertThat(json.path("statements").isArray()).isTrue();
        assertThat(json.path("statementsMissing").isNull()).isTrue();
    }

    @Test
    void aBigTableThatIsReadWholeIsPointedOut() throws SQLException {
        execute("CREATE TABLE big AS SELECT generate_series(1, 20000) AS n");
        execute("SELECT count(*) FROM big");
        report();
        assertThat(out.toString(UTF_8))
                .containsPattern("\nbig +0 +1 +20k +0 +a big table is read whole\n");
    }

    @Test
    void theServerOfADataFolderIsFoundAndCountsItsStatements(@TempDir Path folder) {
        String[] command = {"db", "report", "--data", folder.toString()};
        assertThat(run(command)).isEqualTo(ExitCodes.UNAVAILABLE);
        assertThat(err.toString(UTF_8))
                .isEqualTo(
                        "gleaner db report: no database runs in %s; start it with 'gleaner serve', or name another folder with --data or a PostgreSQL with --database-url%n"
                                .formatted(folder));
        try (var _ = EmbeddedPostgres.start(EmbeddedPostgresConfig.of(folder))) {
            assertThat(run(command)).isEqualTo(ExitCodes.OK);
        }
        assertThat(out.toString(UTF_8)).contains("\nStatements by total time\n");
        assertThat(run(command)).isEqualTo(ExitCodes.UNAVAILABLE);
    }

    @Test
    void aDatabaseThatDoesNotAnswerIsOneSentence() {
        assertThat(run("db", "report", "--database-url", "postgresql://127.0.0.1:1/none"))
                .isEqualTo(ExitCodes.UNAVAILABLE);
        assertThat(err.toString(UTF_8))
                .startsWith("gleaner db report: the database cannot be reached: ")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mysql://127.0.0.1/db",
                "postgresql:///db",
                "not a url",
                "postgresql://127.0.0.1:99999/db",
                "jdbc:postgresql://127.0.0.1:port/db"
            })
    void aMalformedUrlIsBadUsageAndNothingIsTried(String url) {
        for (String command : List.of("db report", "serve")) {
            err.reset();
            List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
            arguments.addAll(List.of("--database-url", url));
            assertThat(run(arguments.toArray(String[]::new))).isEqualTo(ExitCodes.USAGE);
            assertThat(err.toString(UTF_8))
                    .contains("the database URL is not usable: ", "accepted is postgresql://")
                    .hasLineCount(1);
        }
    }

    private int report(String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("db", "report", "--database-url", access.urlWithUser()));
        arguments.addAll(Arrays.asList(more));
        return run(arguments.toArray(String[]::new));
    }

    private int run(String... arguments) {
        var streams =
                new Streams(
                        new PrintStream(out, true, UTF_8),
                        new PrintStream(err, true, UTF_8),
                        false);
        return Main.commandLine(streams, Map.of()).execute(arguments);
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = access.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
