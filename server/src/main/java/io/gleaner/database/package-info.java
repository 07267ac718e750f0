/**
 * How the service talks to PostgreSQL: pools, transactions, and what is known about every
 * statement. It knows no table.
 *
 * <p>Place in the path: {@code store -> Transactions -> PostgreSQL}. Invariants: a connection is
 * borrowed by one named use and given back on every path; requests, work and maintenance have pools
 * of their own, so none starves another; work is repeated only when that is harmless.
 *
 * <p>When it fails: a lost connection, a full disk or a refused statement surfaces as {@link
 * io.gleaner.database.DatabaseException} with the cause in one sentence. A statement has a time to
 * be answered in. While the database is away, or says nothing, all callers fail at once; when it is
 * back everything goes on without a restart. A connection that is not given back is reported, and
 * at last taken away.
 */
@NullMarked
package io.gleaner.database;

import org.jspecify.annotations.NullMarked;
