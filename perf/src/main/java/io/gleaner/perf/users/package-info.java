/**
 * What people do with a scraping service, as Gatling users.
 *
 * <p>Place in the path: {@link io.gleaner.perf.shapes} starts {@link
 * io.gleaner.perf.users.UserMain} in a process of its own and reads Gatling's {@code
 * simulation.log} while it grows. Invariants: users arrive at given times whatever the service does
 * (open model), so a service that stands still shows in the percentiles; nothing is asked of
 * anybody but the service.
 */
@NullMarked
package io.gleaner.perf.users;

import org.jspecify.annotations.NullMarked;
