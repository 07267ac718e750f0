/**
 * PostgreSQL, the only truth: jobs, tasks, host queues and pages, and every SQL statement.
 *
 * <p>Place in the path: {@code api -> Submissions.submit}, {@code worker -> HostQueues.lease ..
 * settle}, {@code api -> Jobs, Pages} for reading. Invariants: every public method is one
 * transaction; locks are taken in the order job (by id), host (by name), task; a task is inserted
 * once and deleted once, and the delete is the fence that lets exactly one worker conclude it;
 * {@code page.seq} is dense and in commit order.
 *
 * <p>When it fails: a lost connection or a full disk surfaces as {@link
 * io.gleaner.database.DatabaseException} with the cause in one sentence; the transaction is rolled
 * back and nothing is half done.
 */
@NullMarked
package io.gleaner.store;

import org.jspecify.annotations.NullMarked;
