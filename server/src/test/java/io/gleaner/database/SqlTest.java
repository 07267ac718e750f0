package io.gleaner.database;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SqlTest {

    @Test
    void theNameStandsBehindTheFirstWordWherePostgresKeepsIt() {
        Sql sql = Sql.named("job-find", "SELECT 1");
        assertThat(sql.text()).isEqualTo("SELECT /* gleaner:job-find */ 1");
        assertThat(Sql.nameOf(sql.text())).isEqualTo("job-find");
    }

    @Test
    void aStatementOfSomebodyElseIsUnnamed() {
        assertThat(Sql.nameOf("SELECT 1")).isEqualTo("unnamed");
        assertThat(Sql.nameOf("SELECT /* gleaner:cut")).isEqualTo("unnamed");
        assertThat(Sql.nameOf("EXPLAIN SELECT /* gleaner:job-find */ 1")).isEqualTo("unnamed");
    }
}
