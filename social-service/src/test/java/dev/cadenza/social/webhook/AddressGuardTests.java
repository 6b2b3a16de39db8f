package dev.cadenza.social.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTests {

    private final AddressGuard guard = new AddressGuard(List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "10.255.255.255",
                "100.64.0.1",
                "100.100.100.200",
                "127.0.0.1",
                "127.255.255.254",
                "168.63.129.16",
                "169.254.0.1",
                "169.254.169.254",
                "169.254.170.2",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.192",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.0.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.7",
                "203.0.113.9",
                "224.0.0.1",
                "239.255.255.250",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::127.0.0.1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "64:ff9b::7f00:1",
                "64:ff9b::808:808",
                "64:ff9b:1::1",
                "100::1",
                "2001::1",
                "2001:db8::1",
                "2002:7f00:1::",
                "3fff::1",
                "5f00::1",
                "fc00::1",
                "fd00:ec2::254",
                "fe80::1",
                "fec0::1",
                "ff02::1"
            })
    void refusesWhatIsNotPublic(String address) throws UnknownHostException {
        assertThat(guard.allows(InetAddress.getByName(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "8.8.8.8",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.0",
                "168.63.129.17",
                "169.253.255.255",
                "169.255.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "2606:4700::1111",
                "2a00:1450::1"
            })
    void allowsWhatIsPublic(String address) throws UnknownHostException {
        assertThat(guard.allows(InetAddress.getByName(address))).isTrue();
    }

    @Test
    void allowsTheConfiguredNetworksAndNoOthers() throws UnknownHostException {
        AddressGuard local = new AddressGuard(List.of("127.0.0.0/8", "::1/128", "10.20.0.0/15"));

        assertThat(local.allows(InetAddress.getByName("127.9.9.9"))).isTrue();
        assertThat(local.allows(InetAddress.getByName("::1"))).isTrue();
        assertThat(local.allows(InetAddress.getByName("10.21.255.255"))).isTrue();
        assertThat(local.allows(InetAddress.getByName("10.22.0.0"))).isFalse();
        assertThat(local.allows(InetAddress.getByName("::2"))).isFalse();
        assertThat(local.allows(InetAddress.getByName("169.254.169.254"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "10.0.0.0", "10.0.0.0/33", "10.0.0.0/-1", "::/129", "localhost/8", "10.0.0.0/x", "a/8/9"})
    void refusesASettingThatIsNoNetwork(String network) {
        assertThatIllegalArgumentException().isThrownBy(() -> new AddressGuard(List.of(network)));
    }
}
