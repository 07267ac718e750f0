package io.gleaner.transport;

import static io.gleaner.transport.Shares.Outcome.HOLDER_HAS_ENOUGH;
import static io.gleaner.transport.Shares.Outcome.NONE_LEFT;
import static io.gleaner.transport.Shares.Outcome.TAKEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

/** Nobody has more than a share, and all together no more than there is. */
final class SharesTest {

    private final Shares shares = new Shares(3, 2);

    @Test
    void oneHolderHasNoMoreThanItsShare() {
        assertThat(shares.take("a")).isEqualTo(TAKEN);
        assertThat(shares.take("a")).isEqualTo(TAKEN);
        assertThat(shares.take("a")).isEqualTo(HOLDER_HAS_ENOUGH);
        assertThat(shares.take("b")).isEqualTo(TAKEN);
        assertThat(shares.taken()).isEqualTo(3);
    }

    @Test
    void allTogetherHaveNoMoreThanThereIs() {
        shares.take("a");
        shares.take("b");
        shares.take("c");

        assertThat(shares.take("d")).isEqualTo(NONE_LEFT);
    }

    @Test
    void whatIsGivenBackCanBeTakenAgain() {
        shares.take("a");
        shares.take("a");
        shares.giveBack("a");

        assertThat(shares.take("a")).isEqualTo(TAKEN);
    }

    @Test
    void nothingIsGivenBackTwice() {
        shares.take("a");
        shares.giveBack("a");

        assertThatThrownBy(() -> shares.giveBack("a")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void anAddressIsAHolderAndAnIpv6NetworkIsOne() throws Exception {
        assertThat(holder("192.0.2.1")).isNotEqualTo(holder("192.0.2.2"));
        assertThat(holder("2001:db8:0:1::1")).isEqualTo(holder("2001:db8:0:1:ffff::2"));
        assertThat(holder("2001:db8:0:1::1")).isNotEqualTo(holder("2001:db8:0:2::1"));
        assertThat(holder("::ffff:192.0.2.1")).isEqualTo(holder("192.0.2.1"));
    }

    @Test
    void connectionsTakeAtMostHalfOfTheFiles() {
        ConnectionLimits limits = ConnectionLimits.standard();

        assertThat(OpenFiles.within(limits, 20_000).connectionsMax()).isEqualTo(10_000);
        assertThat(OpenFiles.within(limits, 1_024).connectionsMax()).isEqualTo(512);
        assertThat(OpenFiles.within(limits, Long.MAX_VALUE)).isEqualTo(limits);
    }

    private static String holder(String address) throws Exception {
        return ClientAddress.of(InetAddress.getByName(address));
    }
}
