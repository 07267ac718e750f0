package io.gleaner.app;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gleaner.fetch.AddressGuard;
import io.gleaner.fetch.AddressPolicy;
import io.gleaner.fetch.Resolver;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a server without a key for secrets takes. */
final class ChecksTest {

    private static Checks checks(boolean keepsSecrets) {
        return new Checks(
                new AddressGuard(AddressPolicy.parse(false, List.of()), Resolver.system()),
                keepsSecrets,
                Optional.empty());
    }

    @Test
    void aHeaderThatMayBeASecretNeedsAKeyToKeepItWith() {
        for (String name : List.of("Authorization", "cookie", "X-Api-Key")) {
            assertThatThrownBy(() -> checks(false).checkHeaders(Map.of(name, "s3cret")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(name)
                    .hasMessageContaining("GLEANER_SECRET_KEY")
                    .hasMessageNotContaining("s3cret");
            assertThatCode(() -> checks(true).checkHeaders(Map.of(name, "s3cret")))
                    .doesNotThrowAnyException();
        }
        assertThatCode(() -> checks(false).checkHeaders(Map.of("Accept-Language", "de")))
                .doesNotThrowAnyException();
    }
}
