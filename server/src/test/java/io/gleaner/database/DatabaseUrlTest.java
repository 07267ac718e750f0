package io.gleaner.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {

    @Test
    void aLibpqUrlIsReadInAllItsParts() {
        DatabaseConfig config =
                DatabaseUrl.parse(
                        "postgresql://me:p%40ss:word@db.example:6432/gleaner?sslmode=require");
        assertThat(config.jdbcUrl())
                .isEqualTo("jdbc:postgresql://db.example:6432/gleaner?sslmode=require");
        assertThat(config.user()).isEqualTo("me");
        assertThat(config.password()).isEqualTo("p@ss:word");
        assertThat(config.toString()).doesNotContain("p@ss");
    }

    @Test
    void aJdbcUrlIsTakenAsItIs() {
        String url = "jdbc:postgresql://db.example/gleaner?user=me";
        assertThat(DatabaseUrl.parse(url).jdbcUrl()).isEqualTo(url);
    }

    @Test
    void aPasswordInAJdbcUrlIsNotShown() {
        DatabaseConfig config =
                DatabaseUrl.parse("jdbc:postgresql://db.example/g?password=s3cr3t&user=me");
        assertThat(config.shownUrl())
                .isEqualTo("jdbc:postgresql://db.example/g?password=...&user=me");
        assertThat(config.toString()).doesNotContain("s3cr3t");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mysql://me:secret@db/gleaner",
                "postgresql:me:secret",
                "://secret",
                "postgresql://me:secret@/gleaner"
            })
    void anythingElseIsRefusedWithoutRepeatingItsPassword(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DatabaseUrl.parse(url))
                .withMessageContaining("accepted is postgresql://user:password@host:5432/database")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret"));
    }
}
