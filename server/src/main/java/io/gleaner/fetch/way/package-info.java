/**
 * The way that a connection takes when a job asks for another than the straight one: by a proxy, or
 * to a host that cannot say who it is. The address guard of {@link io.gleaner.fetch} looks at the
 * proxy and at the host behind it.
 */
@NullMarked
package io.gleaner.fetch.way;

import org.jspecify.annotations.NullMarked;
