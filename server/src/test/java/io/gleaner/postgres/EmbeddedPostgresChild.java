package io.gleaner.postgres;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;

/** Another Gleaner process, to be killed or refused. */
final class EmbeddedPostgresChild {

    private EmbeddedPostgresChild() {}

    /**
     * @param args the data folder, and a statement that the child dies in
     */
    public static void main(String[] args) throws Exception {
        try (EmbeddedPostgres postgres =
                        EmbeddedPostgres.start(EmbeddedPostgresLab.config(Path.of(args[0])));
                Connection connection = EmbeddedPostgresLab.connect(postgres);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE kept AS SELECT 'committed' AS word");
            connection.setAutoCommit(false);
            statement.execute("UPDATE kept SET word = 'uncommitted'");
            System.out.println("READY " + ProcessHandle.current().pid());
            statement.execute("SELECT pg_sleep(600)");
        } catch (EmbeddedPostgresException e) {
            System.out.println("REFUSED " + e.getMessage());
        }
    }
}
