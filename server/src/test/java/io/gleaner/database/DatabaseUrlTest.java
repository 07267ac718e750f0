package io.gleaner.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://db/gleaner?user=me&sslmode=require&password=p%40ss%26",
        "postgresql://db/gleaner?password=p%40ss%26&user=me&sslmode=require",
        "postgres://you:your@db/gleaner?password=p%40ss%26&sslmode=require&user=me",
    })
    void userAndPasswordAreTakenOutOfTheParameters(String url) {
        DatabaseConfig config = DatabaseUrl.parse(url);
        assertThat(config.jdbcUrl()).isEqualTo("jdbc:postgresql://db/gleaner?sslmode=require");
        assertThat(config.user()).isEqualTo("me");
        assertThat(config.password()).isEqualTo("p@ss&");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://me:p@ss@db/g",
                "postgresql://me:p/ss@db/g",
                "postgres://a#b@c"
            })
    void howToWriteAPasswordIsSaidWhereItIsWrittenOtherwise(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DatabaseUrl.parse(url))
                .withMessageContaining("'@' is written %40, '/' %2F")
                .withMessageNotContaining("ss@");
    }

    @Test
    void aJdbcUrlNeedsNoParameters() {
        DatabaseConfig config = DatabaseUrl.parse("jdbc:postgresql:gleaner");
        assertThat(config.jdbcUrl()).isEqualTo("jdbc:postgresql:gleaner");
        assertThat(config.user()).isEmpty();
    }

    @Test
    void theAddressHasNoParametersSinceSomeAreSecrets() {
        DatabaseConfig config = DatabaseUrl.parse("jdbc:postgresql://db/g?sslpassword=secret");
        assertThat(config.address()).isEqualTo("jdbc:postgresql://db/g");
        assertThat(config.toString()).doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mysql://me:secret@db/gleaner",
                "postgresql:me:secret",
                "://secret",
                "jdbc:postgresql://me:secret@db/gleaner",
                "postgresql://me:secret@/gleaner"
            })
    void anythingElseIsRefusedWithoutRepeatingItsPassword(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DatabaseUrl.parse(url))
                .withMessageContaining("accepted is postgresql://user:password@host:5432/database")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret"));
    }
}
