package io.gleaner.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gleaner.fetch.FetchOutcome.Refused;
import io.gleaner.job.FaultCode;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {

    private static final AddressGuard STRICT = new AddressGuard(AddressPolicy.publicOnly());
    private static final AddressGuard LENIENT =
            new AddressGuard(AddressPolicy.withPrivateNetworks());

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "loopback, http://127.0.0.1/",
        "loopback with port, http://127.0.0.1:8080/x",
        "loopback end of range, http://127.255.255.254/",
        "decimal, http://2130706433/",
        "octal, http://0177.0.0.1/",
        "octal in one number, http://017700000001/",
        "hex, http://0x7f000001/",
        "hex parts, http://0x7F.0x0.0x0.0x1/",
        "mixed radix, http://0x7f.1/",
        "two parts, http://127.1/",
        "three parts, http://127.0.1/",
        "trailing dot, http://127.0.0.1./",
        "zero, http://0/",
        "this host, http://0.0.0.0/",
        "this network, http://0.1.2.3/",
        "unspecified v6, http://[::]/",
        "loopback v6, http://[::1]/",
        "loopback v6 spelled out, http://[0:0:0:0:0:0:0:1]/",
        "mapped, http://[::ffff:127.0.0.1]/",
        "mapped in hex, http://[::ffff:7f00:1]/",
        "mapped private, http://[::ffff:10.0.0.1]/",
        "compatible, http://[::127.0.0.1]/",
        "translated, http://[::ffff:0:127.0.0.1]/",
        "NAT64 of loopback, http://[64:ff9b::127.0.0.1]/",
        "NAT64 of metadata, http://[64:ff9b::a9fe:a9fe]/",
        "local NAT64, http://[64:ff9b:1::1]/",
        "6to4 of private, http://[2002:a00:1::1]/",
        "6to4 of loopback, http://[2002:7f00:1::]/",
        "Teredo, http://[2001:0:1::1]/",
        "link-local v4, http://169.254.1.1/",
        "link-local v6, http://[fe80::1]/",
        "unique-local, http://[fd12:3456::1]/",
        "unique-local lower half, http://[fc00::1]/",
        "site-local, http://[fec0::1]/",
        "private 10, http://10.0.0.1/",
        "private 172.16, http://172.16.0.1/",
        "private 172.31, http://172.31.255.255/",
        "private 192.168, http://192.168.1.1/",
        "CGNAT, http://100.64.0.1/",
        "CGNAT end, http://100.127.255.255/",
        "multicast v4, http://224.0.0.1/",
        "multicast v6, http://[ff02::1]/",
        "broadcast, http://255.255.255.255/",
        "protocol assignments, http://192.0.0.1/",
        "TEST-NET-1, http://192.0.2.1/",
        "TEST-NET-2, http://198.51.100.1/",
        "TEST-NET-3, http://203.0.113.1/",
        "6to4 relay, http://192.88.99.1/",
        "benchmarking, http://198.19.0.1/",
        "reserved, http://240.0.0.1/",
        "documentation v6, http://[2001:db8::1]/",
        "new documentation v6, http://[3fff::1]/",
        "discard v6, http://[100::1]/",
        "unassigned v6, http://[4000::1]/",
        "metadata, http://169.254.169.254/latest/meta-data/",
        "metadata in decimal, http://2852039166/",
        "metadata v6, http://[fd00:ec2::254]/",
        "metadata of another cloud, http://100.100.100.200/",
        "container credentials, http://169.254.170.2/",
        "host agent, http://168.63.129.16/",
        "metadata name, http://metadata.google.internal/",
        "metadata name with dot, http://METADATA.google.internal./",
        "instance-data, http://instance-data/",
        "localhost, http://localhost/",
        "localhost upper with dot, http://LOCALHOST./",
        "below localhost, http://foo.localhost/",
        "below localhost with dot, http://foo.LocalHost./",
        "localdomain, http://localhost.localdomain/",
        "ip6-localhost, http://ip6-localhost/",
        "circled letter, http://ⓛocalhost/",
        "full-width letters, http://ｌｏｃａｌｈｏｓｔ/",
        "soft hyphen, http://loc\u00adalhost/",
        "full-width digits, http://１２７.0.0.1/",
        "ideographic dots, http://127。0。0。1/",
        "circled digits, http://①②⑦.⓪.⓪.①/",
        "percent-encoded name, http://%6cocalhost/",
        "percent-encoded digits, http://%31%32%37.0.0.1/",
        "percent-encoded dots, http://127%2E0%2E0%2E1/",
        "backslash for slash, http://127.0.0.1\\@public.example/",
        "one slash, http:/127.0.0.1/",
        "no slash, http:127.0.0.1/",
        "three slashes, http:///127.0.0.1/",
        "at sign in query, http://127.0.0.1?@public.example/",
        "at sign in fragment, http://127.0.0.1#@public.example/",
    })
    void aForbiddenHostIsRefusedBeforeDns(String what, String url) {
        assertThat(Target.of(url, STRICT))
                .isInstanceOfSatisfying(
                        Target.Stop.class,
                        stop ->
                                assertThat(stop.outcome())
                                        .isInstanceOfSatisfying(
                                                Refused.class,
                                                refused ->
                                                        assertThat(refused.code())
                                                                .isEqualTo(
                                                                        FaultCode
                                                                                .FORBIDDEN_ADDRESS)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "user that looks like a host, http://public.example@127.0.0.1/, INVALID_URL",
        "host that looks like a user, http://127.0.0.1@public.example/, INVALID_URL",
        "user and password, http://a:b@public.example/, INVALID_URL",
        "escaped slash in user, http://127.0.0.1%2f@public.example/, INVALID_URL",
        "zone id, http://[fe80::1%25eth0]/, INVALID_URL",
        "bare zone id, http://[fe80::1%eth0]/, INVALID_URL",
        "NUL in host, http://127.0.0.1%00.public.example/, INVALID_URL",
        "five parts, http://1.1.1.1.1/, INVALID_URL",
        "number too large, http://999999999999/, INVALID_URL",
        "part too large, http://256.256.256.256/, INVALID_URL",
        "empty label, http://a..b/, INVALID_URL",
        "no host, http:///, INVALID_URL",
        "port 0, http://public.example:0/, INVALID_URL",
        "relative, /path, INVALID_URL",
        "file, file:///etc/passwd, UNSUPPORTED_SCHEME",
        "ftp, ftp://public.example/, UNSUPPORTED_SCHEME",
        "javascript, javascript:alert(1), UNSUPPORTED_SCHEME",
        "gopher, gopher://127.0.0.1/, UNSUPPORTED_SCHEME",
    })
    void anUnusableUrlIsRefused(String what, String url, FaultCode code) {
        assertThat(Target.of(url, LENIENT))
                .isInstanceOfSatisfying(
                        Target.Stop.class,
                        stop ->
                                assertThat(stop.outcome())
                                        .isInstanceOfSatisfying(
                                                Refused.class,
                                                refused ->
                                                        assertThat(refused.code())
                                                                .isEqualTo(code)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "169.253.0.1",
                "223.255.255.255",
                "2606:4700::1111",
                "64:ff9b::101:101",
                "2002:101:101::1"
            })
    void aPublicAddressIsNotRefused(String address) {
        assertThat(STRICT.refuse(InetAddress.ofLiteral(address))).isEmpty();
    }

    @Test
    void theReasonNamesTheAddressTheRangeAndTheCure() {
        assertThat(STRICT.refuseHost("10.1.2.3"))
                .hasValue(
                        "10.1.2.3 (private network, 10.0.0.0/8): allow it with"
                                + " --allow-private-networks or an entry in the allow-list");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "10.0.0.1",
                "192.168.1.1",
                "172.16.0.1",
                "100.64.0.1",
                "169.254.1.1",
                "::1",
                "fd12::1",
                "fe80::1",
                "localhost",
                "foo.localhost."
            })
    void privateNetworksCanBeAllowed(String host) {
        assertThat(LENIENT.refuseHost(host)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254",
                "fd00:ec2::254",
                "100.100.100.200",
                "metadata.google.internal",
                "0.0.0.0",
                "224.0.0.1",
                "255.255.255.255",
                "::",
                "ff02::1",
                "::ffff:169.254.169.254"
            })
    void allowingPrivateNetworksDoesNotAllow(String host) {
        assertThat(LENIENT.refuseHost(host)).isPresent();
    }

    @Test
    void aMetadataServiceIsAllowedByItsExactAddressOnly() {
        var broad = new AddressGuard(AddressPolicy.allowing("169.254.0.0/16"));
        assertThat(broad.refuseHost("169.254.1.1")).isEmpty();
        assertThat(broad.refuseHost("169.254.169.254")).isPresent();

        var exact = new AddressGuard(AddressPolicy.allowing("169.254.169.254/32"));
        assertThat(exact.refuseHost("169.254.169.254")).isEmpty();
        assertThat(exact.refuseHost("metadata.google.internal")).isEmpty();
    }

    @Test
    void anAllowListOpensItsBlocksAndNothingElse() {
        var guard = new AddressGuard(AddressPolicy.allowing("127.0.0.1/32", "fd00::/8"));
        assertThat(guard.refuseHost("127.0.0.1")).isEmpty();
        assertThat(guard.refuseHost("[fd12::1]")).isEmpty();
        assertThat(guard.refuseHost("127.0.0.2")).isPresent();
        assertThat(guard.refuseHost("10.0.0.1")).isPresent();
        assertThat(guard.refuseHost("fd00:ec2::254")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.1/8",
                "10.1/16",
                "fd00::/129",
                "a/8",
                "10.0.0.0/",
                "10.0.0.0/8/8",
                "fe80::1%eth0/64",
                "300.0.0.0/8",
                "localhost"
            })
    void aBadCidrIsRefused(String cidr) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AddressPolicy.allowing(cidr))
                .withMessageContaining(cidr.split("[/:]", -1)[0]);
    }

    @Test
    void aNameThatResolvesToAPrivateAddressIsRefused() {
        assertThatExceptionOfType(ForbiddenAddressException.class)
                .isThrownBy(() -> resolving("10.0.0.7").resolve("intranet.example"))
                .withMessageContaining("intranet.example is 10.0.0.7 (private network");
    }

    @Test
    void oneForbiddenAnswerAmongPublicOnesCondemnsTheHost() {
        assertThatExceptionOfType(ForbiddenAddressException.class)
                .isThrownBy(() -> resolving("1.1.1.1", "::1").resolve("mixed.example"));
    }

    @Test
    void publicAnswersAreHandedOutAsTheyAre() throws UnknownHostException {
        assertThat(resolving("1.1.1.1", "2606:4700::1111").resolve("public.example"))
                .containsExactly(
                        InetAddress.ofLiteral("1.1.1.1"), InetAddress.ofLiteral("2606:4700::1111"));
    }

    @Test
    void lookupsAreNotRememberedSoEveryAnswerIsChecked() throws UnknownHostException {
        var lookups = new AtomicInteger();
        var guard =
                new AddressGuard(
                        AddressPolicy.publicOnly(),
                        host ->
                                List.of(
                                        InetAddress.ofLiteral(
                                                lookups.getAndIncrement() == 0
                                                        ? "1.1.1.1"
                                                        : "127.0.0.1")));
        assertThat(guard.resolve("rebind.example")).hasSize(1);
        assertThatExceptionOfType(ForbiddenAddressException.class)
                .isThrownBy(() -> guard.resolve("rebind.example"));
    }

    @Property
    void everyWayToWrapAnIpv4AddressIsJudgedLikeTheAddress(@ForAll @Size(4) byte[] v4)
            throws UnknownHostException {
        boolean refused = STRICT.refuse(InetAddress.getByAddress(v4)).isPresent();
        byte[] nat64 = new byte[16];
        nat64[1] = 0x64;
        nat64[2] = (byte) 0xff;
        nat64[3] = (byte) 0x9b;
        System.arraycopy(v4, 0, nat64, 12, 4);
        byte[] sixToFour = new byte[16];
        sixToFour[0] = 0x20;
        sixToFour[1] = 0x02;
        System.arraycopy(v4, 0, sixToFour, 2, 4);
        long number =
                (v4[0] & 0xffL) << 24 | (v4[1] & 0xff) << 16 | (v4[2] & 0xff) << 8 | (v4[3] & 0xff);

        assertThat(STRICT.refuse(InetAddress.getByAddress(nat64)).isPresent()).isEqualTo(refused);
        assertThat(STRICT.refuse(InetAddress.getByAddress(sixToFour)).isPresent())
                .isEqualTo(refused);
        for (String spelling :
                List.of(
                        Long.toString(number),
                        "0x" + Long.toHexString(number),
                        "0" + Long.toOctalString(number),
                        "%d.%d".formatted(number >> 24, number & 0xffffff),
                        "0x%x.0%o.%d"
                                .formatted(number >> 24, (number >> 16) & 0xff, number & 0xffff))) {
            assertThat(STRICT.refuseHost(spelling).isPresent()).as(spelling).isEqualTo(refused);
        }
    }

    private static AddressGuard resolving(String... addresses) {
        return new AddressGuard(
                AddressPolicy.publicOnly(),
                host -> List.of(addresses).stream().map(InetAddress::ofLiteral).toList());
    }
}
