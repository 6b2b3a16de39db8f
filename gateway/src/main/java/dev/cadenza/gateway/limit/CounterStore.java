package dev.cadenza.gateway.limit;

import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.AsyncProxyManager;
import io.github.bucket4j.grid.infinispan.Bucket4jInfinispan;
import io.github.bucket4j.grid.infinispan.serialization.Bucket4jProtobufContextInitializer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import javax.crypto.spec.SecretKeySpec;
import javax.sql.DataSource;
import org.infinispan.AdvancedCache;
import org.infinispan.Cache;
import org.infinispan.commons.api.BasicCacheContainer;
import org.infinispan.commons.dataconversion.MediaType;
import org.infinispan.configuration.cache.CacheMode;
import org.infinispan.configuration.cache.ConfigurationBuilder;
import org.infinispan.configuration.global.GlobalConfigurationBuilder;
import org.infinispan.configuration.global.ShutdownHookBehavior;
import org.infinispan.configuration.parsing.ConfigurationBuilderHolder;
import org.infinispan.functional.impl.FunctionalMapImpl;
import org.infinispan.functional.impl.ReadWriteMapImpl;
import org.infinispan.remoting.transport.jgroups.JGroupsChannelConfigurator;
import org.jgroups.JChannel;
import org.jgroups.conf.ProtocolConfiguration;
import org.jgroups.protocols.Discovery;
import org.jgroups.protocols.FD_ALL3;
import org.jgroups.protocols.FD_SOCK2;
import org.jgroups.protocols.FRAG4;
import org.jgroups.protocols.MERGE3;
import org.jgroups.protocols.SYM_ENCRYPT;
import org.jgroups.protocols.TCP;
import org.jgroups.protocols.TCPPING;
import org.jgroups.protocols.UNICAST3;
import org.jgroups.protocols.VERIFY_SUSPECT2;
import org.jgroups.protocols.dns.DNS_PING;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.protocols.pbcast.NAKACK2;
import org.jgroups.protocols.pbcast.STABLE;
import org.jgroups.util.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Where the counters are: in the memory of the gateway's instances, each counter in one of them and a copy in another.
 * What an instance keeps is found at once; for the rest it asks the instance that keeps it.
 */
public final class CounterStore implements AutoCloseable {

    private static final String CHANNEL = "channelConfigurator";
    private static final String COUNTERS = "counters";
    private static final int SEGMENTS = 64;
    private static final int MOST_COUNTERS = 100_000;
    private static final Duration KEPT_AFTER_WINDOW = Duration.ofSeconds(5);

    /**
     * By name, for its class carries annotations that are not published with it, and of which the compiler complains each
     * time it sees them.
     */
    private static final String MANAGER = "org.infinispan.manager.DefaultCacheManager";

    private final BasicCacheContainer manager;
    private final @Nullable JChannel channel;

    /** Starts it, and joins the other instances where there are any. */
    public CounterStore(ClusterSettings settings) {
        ConfigurationBuilderHolder configuration = new ConfigurationBuilderHolder();
        GlobalConfigurationBuilder global = configuration.getGlobalConfigurationBuilder();
        global.serialization().addContextInitializer(new Bucket4jProtobufContextInitializer());
        global.jmx().disable();
        global.metrics().gauges(false).histograms(false);
        global.shutdown().hookBehavior(ShutdownHookBehavior.DONT_REGISTER);
        channel = settings.isAlone() ? null : channel(settings);
        if (channel != null) {
            global.transport()
                    .defaultTransport()
                    .clusterName("cadenza-gateway")
                    .addProperty(CHANNEL, new MadeChannel(channel));
        }
        counters(configuration.newConfigurationBuilder(COUNTERS), settings.isAlone());
        try {
            manager = (BasicCacheContainer) Class.forName(MANAGER)
                    .getConstructor(ConfigurationBuilderHolder.class)
                    .newInstance(configuration);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the counters of rate limits do not start", e);
        }
    }

    /** The counters as buckets. */
    AsyncProxyManager<String> buckets() {
        AdvancedCache<String, byte[]> cache =
                ((Cache<String, byte[]>) manager.<String, byte[]>getCache(COUNTERS)).getAdvancedCache();
        return Bucket4jInfinispan.entryProcessorBasedBuilder(ReadWriteMapImpl.create(FunctionalMapImpl.create(cache)))
                .expirationAfterWrite(
                        ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(KEPT_AFTER_WINDOW))
                .build()
                .asAsync();
    }

    /** Instances that count together now. */
    int members() {
        return channel == null ? 1 : channel.getView().size();
    }

    @Override
    public void close() {
        manager.stop();
    }

    private static void counters(ConfigurationBuilder cache, boolean alone) {
        if (!alone) {
            cache.clustering()
                    .cacheMode(CacheMode.DIST_ASYNC)
                    .hash()
                    .numOwners(2)
                    .numSegments(SEGMENTS)
                    .stateTransfer()
                    .awaitInitialTransfer(false);
        }
        cache.encoding().mediaType(MediaType.APPLICATION_OBJECT_TYPE);
        cache.memory().maxCount(MOST_COUNTERS);
    }

    /** TCP only, encrypted, nothing found by multicast; without flow control, which would block whoever sends. */
    private static JChannel channel(ClusterSettings settings) {
        try {
            TCP tcp = new TCP();
            tcp.setBindAddress(InetAddress.getByName(settings.bindAddress()));
            tcp.setBindPort(settings.port());
            tcp.setPortRange(0);
            return new JChannel(
                    tcp,
                    discovery(settings),
                    new MERGE3(),
                    new FD_SOCK2().setPortRange(0),
                    new FD_ALL3(),
                    new VERIFY_SUSPECT2(),
                    new SYM_ENCRYPT()
                            .setSecretKey(key(Objects.requireNonNull(settings.secret())))
                            .<SYM_ENCRYPT>symAlgorithm("AES/CBC/PKCS5Padding")
                            .symIvLength(16),
                    new NAKACK2().useMcastXmit(false),
                    new UNICAST3(),
                    new STABLE(),
                    new GMS().setJoinTimeout(2_000),
                    new FRAG4());
        } catch (Exception e) {
            throw new IllegalStateException("the gateway's instances cannot find each other", e);
        }
    }

    private static Discovery discovery(ClusterSettings settings) {
        String dns = settings.dns();
        if (dns != null && !dns.isBlank()) {
            return new DNS_PING().setDNSQuery(dns);
        }
        List<InetSocketAddress> members =
                settings.members().stream().map(CounterStore::address).toList();
        return new TCPPING().initialHosts(members).portRange(0);
    }

    private static InetSocketAddress address(String member) {
        int colon = member.lastIndexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("cadenza.gateway.cluster.members: " + member + " is not host:port");
        }
        return new InetSocketAddress(member.substring(0, colon), Integer.parseInt(member.substring(colon + 1)));
    }

    private static SecretKeySpec key(String secret) throws GeneralSecurityException {
        return new SecretKeySpec(
                MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8)), "AES");
    }

    /** The channel that was made already. */
    private record MadeChannel(JChannel channel) implements JGroupsChannelConfigurator {

        @Override
        public String getName() {
            return COUNTERS;
        }

        @Override
        public JChannel createChannel(String name) {
            return channel;
        }

        @Override
        public String getProtocolStackString() {
            return "";
        }

        @Override
        public List<ProtocolConfiguration> getProtocolStack() {
            return List.of();
        }

        @Override
        public void setSocketFactory(SocketFactory factory) {
            // plain sockets
        }

        @Override
        public void setDataSource(DataSource source) {
            // no database
        }
    }
}
