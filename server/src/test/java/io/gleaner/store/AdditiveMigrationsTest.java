package io.gleaner.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A migration that the release before could not live with is refused; see ADR 30. */
class AdditiveMigrationsTest {

    private static final Path MIGRATIONS = Path.of("src/main/resources/db/migration");

    /** Older than the rule: no release with one of them runs beside one without it. */
    private static final Set<String> BEFORE_THE_RULE =
            Set.of(
                    "V1__host_queues.sql",
                    "V2__days_and_vacuum.sql",
                    "V3__forget_jobs.sql",
                    "V4__access_keys.sql",
                    "V5__from_cache.sql");

    /** Takes away a table that no release has had. */
    private static final String UNRELEASED = "V9_22__attachments.sql";

    private static final Set<String> EXCEPTIONS =
            Stream.concat(BEFORE_THE_RULE.stream(), Stream.of(UNRELEASED))
                    .collect(Collectors.toSet());

    private static final Pattern COMMENT = Pattern.compile("--[^\n]*");
    private static final Pattern ADDS =
            Pattern.compile(
                    """
                    CREATE TABLE (IF NOT EXISTS )?\\w+ .*\
                    |CREATE (UNIQUE )?INDEX CONCURRENTLY (IF NOT EXISTS )?\\w+ ON .*\
                    |COMMENT ON .*\
                    |ALTER (TABLE|INDEX) \\w+ (RE)?SET \\(.*\\)\
                    |ALTER TABLE \\w+ ALTER (COLUMN )?\\w+ SET (STORAGE|STATISTICS|COMPRESSION) .*\
                    """,
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern INDEX =
            Pattern.compile(
                    "CREATE (?:UNIQUE )?INDEX (?:CONCURRENTLY )?(?:IF NOT EXISTS )?\\w+ ON (\\w+)"
                            + " .*",
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern ADDS_COLUMN =
            Pattern.compile(
                    "ALTER TABLE \\w+ ADD COLUMN (IF NOT EXISTS )?.*", Pattern.CASE_INSENSITIVE);

    // Books that the database keeps: a function that only writes into a table of the same
    // migration,
    // after statements that it cannot refuse.
    private static final Pattern DOLLARS = Pattern.compile("\\$\\$(.*?)\\$\\$", Pattern.DOTALL);
    private static final Pattern WRITES =
            Pattern.compile(
                    "\\s*BEGIN\\s+INSERT INTO (\\w+) [^;]*;\\s*RETURN NULL;\\s*END\\s*",
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern KEEPS_BOOKS =
            Pattern.compile(
                    """
                    CREATE FUNCTION (\\w+)\\(\\) RETURNS TRIGGER LANGUAGE PLPGSQL AS BOOKS\
                    |CREATE TRIGGER \\w+ AFTER (INSERT|DELETE) ON \\w+ .*FOR EACH STATEMENT EXECUTE FUNCTION .*\
                    """,
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern FILLS =
            Pattern.compile("INSERT INTO (\\w+) .*", Pattern.CASE_INSENSITIVE);
    private static final Pattern STAR =
            Pattern.compile(
                    "SELECT \\*\\s+FROM (job|host|task|page|seen|worker|idempotency|access_key)\\b"
                            + "|\\b(job|host|task|page|seen|worker)\\.\\*|RETURNING \\*");
    private static final Pattern NEW_TABLE =
            Pattern.compile("CREATE TABLE (?:IF NOT EXISTS )?(\\w+)", Pattern.CASE_INSENSITIVE);

    @Test
    void everyMigrationSinceTheRuleOnlyAdds() throws IOException {
        try (Stream<Path> files = Files.list(MIGRATIONS)) {
            List<Path> all = files.filter(file -> file.toString().endsWith(".sql")).toList();
            assertThat(all).hasSizeGreaterThanOrEqualTo(BEFORE_THE_RULE.size());
            for (Path file : all) {
                if (!EXCEPTIONS.contains(file.getFileName().toString())) {
                    assertThat(refused(Files.readString(file))).as(file.toString()).isEmpty();
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE job DROP COLUMN failed",
                "ALTER TABLE job ADD COLUMN a int, DROP COLUMN failed",
                "ALTER TABLE job RENAME COLUMN failed TO faults",
                "ALTER TABLE job ALTER COLUMN failed TYPE int",
                "ALTER TABLE host ALTER COLUMN wait_reason SET NOT NULL",
                "ALTER TABLE job ADD COLUMN owner text NOT NULL",
                "ALTER TABLE job ADD COLUMN at timestamptz NOT NULL DEFAULT clock_timestamp()",
                "ALTER TABLE job ADD COLUMN owner text UNIQUE",
                "ALTER TABLE job ADD COLUMN share int CHECK (share > 0)",
                "ALTER TABLE job ADD CHECK (total < 10)",
                "ALTER TABLE job ADD CONSTRAINT few CHECK (total < 10)",
                "ALTER TABLE job RENAME TO jobs",
                "DROP TABLE seen",
                "DROP INDEX job_state",
                "TRUNCATE seen",
                "DELETE FROM page",
                "UPDATE job SET failed = 0",
                "CREATE INDEX page_status ON page (status)",
                "CREATE UNIQUE INDEX CONCURRENTLY one ON job (spec)",
                "DO $$ BEGIN EXECUTE 'DROP TABLE seen'; END $$",
                "INSERT INTO job (id) VALUES (NULL)",
                "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no'; END"
                        + " $$",
                "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO page"
                        + " (seq) SELECT 1; RETURN NULL; END $$",
                "CREATE TRIGGER t BEFORE INSERT ON task FOR EACH ROW EXECUTE FUNCTION f()",
                "CREATE TRIGGER t AFTER INSERT ON task FOR EACH ROW EXECUTE FUNCTION f()",
            })
    void whatTheReleaseBeforeCouldNotLiveWithIsRefused(String planted) {
        assertThat(refused("-- harmless\nCREATE TABLE fresh (id int);\n" + planted + ";\n"))
                .isNotEmpty();
    }

    @Test
    void whatOnlyAddsIsNot() {
        assertThat(
                        refused(
                                """
                                -- Who asked for it; DROP is only a word here.
                                ALTER TABLE job ADD COLUMN owner text;
                                ALTER TABLE job ADD COLUMN weight int NOT NULL DEFAULT 1;
                                ALTER TABLE host ADD COLUMN seen_at timestamptz;
                                CREATE TABLE owner (id int PRIMARY KEY, name text NOT NULL UNIQUE);
                                CREATE UNIQUE INDEX CONCURRENTLY owner_name ON owner (name);
                                CREATE UNIQUE INDEX owner_both ON owner (name, id);
                                CREATE INDEX CONCURRENTLY job_owner ON job (owner);
                                ALTER TABLE task SET (autovacuum_vacuum_threshold = 50);
                                ALTER TABLE host ADD COLUMN since timestamptz NOT NULL DEFAULT now();
                                INSERT INTO owner (id, name) SELECT 1, 'me';
                                CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$
                                BEGIN INSERT INTO owner (id) SELECT 1; RETURN NULL; END $$;
                                CREATE TRIGGER t AFTER INSERT ON task FOR EACH STATEMENT
                                    EXECUTE FUNCTION f();
                                """))
                .isEmpty();
    }

    /**
     * PostgreSQL refuses a prepared statement whose result has another column than before, which is
     * what a star has after a migration of the release that comes.
     */
    @Test
    void noStatementAnswersWithAllColumnsOfATable() throws IOException {
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java/io/gleaner/store"))) {
            for (Path source : sources.filter(Files::isRegularFile).toList()) {
                assertThat(STAR.matcher(Files.readString(source)).results())
                        .as(source.toString())
                        .isEmpty();
            }
        }
        assertThat(STAR.matcher("SELECT *\n   FROM task").find()).isTrue();
        assertThat(STAR.matcher("SELECT a.id, task.* FROM a").find()).isTrue();
        assertThat(STAR.matcher("RETURNING *").find()).isTrue();
    }

    /** The statements of a migration that do more than add. */
    private static List<String> refused(String sql) {
        var refused = new ArrayList<String>();
        String text = COMMENT.matcher(sql).replaceAll("");
        Set<String> fresh =
                NEW_TABLE
                        .matcher(text)
                        .results()
                        .map(match -> match.group(1).toLowerCase(Locale.ROOT))
                        .collect(Collectors.toSet());
        String bodiless =
                DOLLARS.matcher(text)
                        .replaceAll(body -> writesInto(fresh, body.group(1)) ? "BOOKS" : "OTHER");
        for (String part : bodiless.split(";", -1)) {
            String statement = part.strip().replaceAll("\\s+", " ");
            if (!statement.isEmpty() && !adds(statement, fresh)) {
                refused.add(statement);
            }
        }
        return refused;
    }

    private static boolean adds(String statement, Set<String> fresh) {
        String upper = statement.toUpperCase(Locale.ROOT);
        if (ADDS_COLUMN.matcher(statement).matches()) {
            return addsColumn(upper);
        }
        Matcher index = INDEX.matcher(statement);
        if (index.matches() && fresh.contains(index.group(1).toLowerCase(Locale.ROOT))) {
            return true; // Nobody waits for a table that nobody knows.
        }
        if (upper.startsWith("CREATE UNIQUE INDEX")) {
            return false;
        }
        Matcher fills = FILLS.matcher(statement);
        return fills.matches()
                ? fresh.contains(fills.group(1).toLowerCase(Locale.ROOT))
                : ADDS.matcher(statement).matches() || KEEPS_BOOKS.matcher(statement).matches();
    }

    private static boolean writesInto(Set<String> fresh, String body) {
        Matcher writes = WRITES.matcher(body);
        return writes.matches() && fresh.contains(writes.group(1).toLowerCase(Locale.ROOT));
    }

    /**
     * One column, that rows of the release before fulfil without knowing of it. {@code now()} is as
     * good as a constant: the rows that are there all get the time of the migration.
     */
    private static boolean addsColumn(String upper) {
        boolean constant =
                upper.matches(".* DEFAULT ('[^']*'|-?\\d+|TRUE|FALSE|NOW\\(\\))(::\\w+)?");
        boolean bare = !upper.contains(" NOT NULL") && !upper.contains(" DEFAULT ");
        return (constant || bare)
                && !upper.matches(".*(,|\\bUNIQUE\\b|\\bCHECK\\b|\\bREFERENCES\\b|\\bDROP\\b).*");
    }
}
