package io.gleaner.job;

/**
 * Whose a job is. What belongs to one tenant is invisible to every other.
 *
 * @param id as the database numbers them; {@code gleaner keys} knows their names
 */
public record Tenant(long id) {

    /** Whose everything is where nobody is told apart. */
    public static final Tenant MAIN = new Tenant(1);
}
