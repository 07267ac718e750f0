/** What a site has, and how we treat its host. */
@NullMarked
package io.gleaner.api.site;

import org.jspecify.annotations.NullMarked;
