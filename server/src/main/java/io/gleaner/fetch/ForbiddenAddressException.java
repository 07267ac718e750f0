package io.gleaner.fetch;

import java.net.UnknownHostException;

/** The guard stopped a lookup or a connection. The message is the guard's reason. */
final class ForbiddenAddressException extends UnknownHostException {

    private static final long serialVersionUID = 1;

    ForbiddenAddressException(String why) {
        super(why);
    }
}
