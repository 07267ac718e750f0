package io.gleaner.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PostgresPlatformTest {

    @ParameterizedTest
    @CsvSource({"Linux,amd64", "Linux,aarch64", "Mac OS X,x86_64", "Mac OS X,aarch64"})
    void everySupportedPlatformHasItsPrograms(String os, String arch) throws Exception {
        assertThat(PostgresArchive.of(PostgresPlatform.of(os, arch)).fingerprint())
                .matches("[0-9a-f]{8}");
    }

    @Test
    void anUnknownPlatformIsNamedWithTheWayOut() {
        assertThatThrownBy(() -> PostgresPlatform.of("Linux", "riscv64"))
                .isInstanceOf(EmbeddedPostgresException.class)
                .hasMessageContaining("Linux on riscv64")
                .hasMessageContaining("GLEANER_DATABASE_URL");
    }
}
