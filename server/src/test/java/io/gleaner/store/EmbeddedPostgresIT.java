package io.gleaner.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

final class EmbeddedPostgresIT {

    @Test
    void everyTestDatabaseIsNewAndEmpty() throws Exception {
        TestDatabase.Access first = TestDatabase.shared().fresh();
        TestDatabase.Access second = TestDatabase.shared().fresh();

        try (Connection connection = first.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t (id int)");
        }
        try (Connection connection = second.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT to_regclass('t') IS NULL")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getBoolean(1)).isTrue();
        }
    }
}
