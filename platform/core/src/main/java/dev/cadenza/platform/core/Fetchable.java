package dev.cadenza.platform.core;

import java.net.URI;

/** Bytes in an object store that whoever reaches the store can fetch there instead of having them passed on. */
public interface Fetchable {

    /** Scheme, host and port of the store, such as {@code http://minio:9000}. */
    String origin();

    /** The origin of an address, whatever comes behind it. */
    static String originOf(URI address) {
        return address.getScheme() + "://" + address.getRawAuthority();
    }

    /** An address below the origin that needs no other rights, for minutes; ranges are up to who asks. */
    URI address();
}
