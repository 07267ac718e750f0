package io.gleaner.cli.crawl;

import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.cli.folder.Tally;
import org.junit.jupiter.api.Test;

class FaultTableTest {

    private final Tally tally = new Tally();

    @Test
    void kindsAreListedMostFrequentFirstWithAnExample() {
        tally.fault("https://a.example/1", "dns_failure", null, "NXDOMAIN");
        tally.fault("https://a.example/2", "http_client_error", 404, "");
        tally.fault("https://a.example/3", "http_client_error", 404, "");
        assertThat(FaultTable.of(tally.kinds()))
                .isEqualTo(
                        """
                        faults by kind:
                               2  http_client_error 404  the host answered 4xx
                                  e.g. https://a.example/2
                               1  dns_failure            the host name could not be resolved
                                  e.g. https://a.example/1 (NXDOMAIN)
                        """);
    }

    @Test
    void noFaultsNeedNoTable() {
        tally.content("https://a.example/");
        assertThat(FaultTable.of(tally.kinds())).isEmpty();
    }
}
