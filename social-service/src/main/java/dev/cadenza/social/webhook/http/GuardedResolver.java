package dev.cadenza.social.webhook.http;

import dev.cadenza.social.webhook.AddressGuard;
import io.netty.resolver.AbstractAddressResolver;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * Lets the client connect to addresses that the guard allows and to no others. The client connects to exactly what
 * comes out of here, so there is no moment between check and use; also an address that was written as such goes through
 * here, because to this resolver nothing is resolved yet.
 */
final class GuardedResolver extends AddressResolverGroup<InetSocketAddress> {

    private final AddressResolverGroup<InetSocketAddress> names;
    private final AddressGuard guard;

    GuardedResolver(AddressResolverGroup<InetSocketAddress> names, AddressGuard guard) {
        this.names = names;
        this.guard = guard;
    }

    @Override
    protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
        return new Guarded(executor, names.getResolver(executor));
    }

    @Override
    public void close() {
        super.close();
        names.close();
    }

    private final class Guarded extends AbstractAddressResolver<InetSocketAddress> {

        private final AddressResolver<InetSocketAddress> delegate;

        Guarded(EventExecutor executor, AddressResolver<InetSocketAddress> delegate) {
            super(executor, InetSocketAddress.class);
            this.delegate = delegate;
        }

        @Override
        protected boolean doIsResolved(InetSocketAddress address) {
            return false;
        }

        @Override
        protected void doResolve(InetSocketAddress address, Promise<InetSocketAddress> promise) {
            Promise<List<InetSocketAddress>> all = executor().newPromise();
            var unused = all.addListener((Future<List<InetSocketAddress>> done) -> {
                if (done.isSuccess()) {
                    promise.trySuccess(done.getNow().getFirst());
                } else {
                    promise.tryFailure(done.cause());
                }
            });
            doResolveAll(address, all);
        }

        @Override
        protected void doResolveAll(InetSocketAddress address, Promise<List<InetSocketAddress>> promise) {
            if (!address.isUnresolved()) {
                admit(List.of(address), promise);
                return;
            }
            var unused = delegate.resolveAll(address).addListener((Future<List<InetSocketAddress>> done) -> {
                if (done.isSuccess()) {
                    admit(done.getNow(), promise);
                } else {
                    promise.tryFailure(done.cause());
                }
            });
        }

        private void admit(List<InetSocketAddress> addresses, Promise<List<InetSocketAddress>> promise) {
            List<InetSocketAddress> allowed = addresses.stream()
                    .filter(address -> guard.allows(address.getAddress()))
                    .toList();
            if (allowed.isEmpty()) {
                promise.tryFailure(new RefusedAddressException());
            } else {
                promise.trySuccess(allowed);
            }
        }
    }
}
